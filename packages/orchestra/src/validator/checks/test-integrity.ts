import { defineCheck } from '../define-check';

export const testIntegrity = defineCheck({ name: 'test-integrity', rules: ['test-weakened'], needs: [], judge: () => [] });

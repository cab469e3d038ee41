import { defineCheck } from '../define-check';

export const secretsInDiff = defineCheck({ name: 'secrets-in-diff', rules: ['hardcoded-secret'], needs: [], judge: () => [] });

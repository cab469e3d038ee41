import { defineSpecialist } from '../define-specialist';
import { testPrompt } from './prompt';

/** Tests, their fixtures and helpers, and nothing else: production code is out of its reach by construction. */
export const test = defineSpecialist({
  name: 'test',
  title: 'Test',
  domainFor: ({ tests, testSupport }) => [...tests, ...testSupport],
  instructions: testPrompt,
});

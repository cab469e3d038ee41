import { defineSpecialist } from '../define-specialist';
import { backendGlobs, deploymentGlobs, frontendGlobs, taking } from '../domain-globs';
import { backendPrompt } from './prompt';

/** Routes, services, data access, contracts and migrations. Never tests: its work is judged by them. */
export const backend = defineSpecialist({
  name: 'backend',
  title: 'Backend',
  domainFor: ({ tests, testSupport }) => [...backendGlobs, ...taking([...frontendGlobs, ...deploymentGlobs, ...tests, ...testSupport])],
  instructions: backendPrompt,
});

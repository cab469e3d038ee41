import { defineSpecialist } from '../define-specialist';
import { deploymentGlobs, frontendGlobs, taking } from '../domain-globs';
import { frontendPrompt } from './prompt';

/** Components, hooks, state and routing of the browser side. */
export const frontend = defineSpecialist({
  name: 'frontend',
  title: 'Frontend',
  domainFor: ({ tests, testSupport }) => [...frontendGlobs, ...taking(['**/*backend*/**', '**/{migrations,contracts}/**', '**/*-contracts/**', ...deploymentGlobs, ...tests, ...testSupport])],
  instructions: frontendPrompt,
});

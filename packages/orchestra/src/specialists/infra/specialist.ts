import { defineSpecialist } from '../define-specialist';
import { deploymentGlobs, runtimeGlobs, taking } from '../domain-globs';
import { infraPrompt } from './prompt';

/** Containers, environment, caches, limits and performance. */
export const infra = defineSpecialist({
  name: 'infra',
  title: 'Infra/Performance',
  domainFor: ({ tests, testSupport }) => [...deploymentGlobs, ...runtimeGlobs, ...taking([...tests, ...testSupport])],
  instructions: infraPrompt,
});

import { behaviourRules } from '../rules/built-in-rules';
import { rulesCheck } from '../rules-check';

/** What production code does, it does for everybody, tested or not, and says when it could not. */
export const behaviour = rulesCheck('behaviour', behaviourRules);

import { deceptionRules } from '../rules/built-in-rules';
import { rulesCheck } from '../rules-check';

/** What a reviewer sees is what runs. */
export const deception = rulesCheck('deception', deceptionRules);

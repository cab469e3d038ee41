import { secretRules } from '../rules/built-in-rules';
import { rulesCheck } from '../rules-check';

/** No credential enters the history with this diff. */
export const secretsInDiff = rulesCheck('secrets-in-diff', secretRules);

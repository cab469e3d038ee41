import { authRules } from '../rules/built-in-rules';
import { rulesCheck } from '../rules-check';

/** No route is less guarded or less limited than before. */
export const auth = rulesCheck('auth', authRules);

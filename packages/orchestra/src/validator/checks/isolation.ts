import { isolationRules } from '../rules/built-in-rules';
import { rulesCheck } from '../rules-check';

/** No query reaches further across tenants than before. */
export const isolation = rulesCheck('isolation', isolationRules);

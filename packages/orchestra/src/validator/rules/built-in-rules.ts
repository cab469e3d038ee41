import type { Rule } from '../define-rule';
import { hardcodedSecret } from './hardcoded-secret';
import { limiterWeakened } from './limiter-weakened';
import { routeGuardRemoved } from './route-guard-removed';
import { secretDefault } from './secret-default';
import { tenantFilterConditional } from './tenant-filter-conditional';
import { tenantQueryUnscoped } from './tenant-query-unscoped';
import { testWeakened } from './test-weakened';
import { textReordered } from './text-reordered';

/** The rules that come with the judge, by the check that asks them. */
export const isolationRules: readonly Rule[] = [tenantQueryUnscoped, tenantFilterConditional];
export const authRules: readonly Rule[] = [routeGuardRemoved, limiterWeakened];
export const secretRules: readonly Rule[] = [secretDefault, hardcodedSecret];
export const deceptionRules: readonly Rule[] = [textReordered];
export const testRules: readonly Rule[] = [testWeakened];

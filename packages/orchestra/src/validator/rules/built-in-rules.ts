import type { Rule } from '../define-rule';
import { errorSwallowed } from './error-swallowed';
import { guardLoosened } from './guard-loosened';
import { hardcodedSecret } from './hardcoded-secret';
import { inputNarrowed } from './input-narrowed';
import { limiterSettingsWeakened } from './limiter-settings-weakened';
import { limiterWeakened } from './limiter-weakened';
import { routeGuardRemoved } from './route-guard-removed';
import { rowSecurityWeakened } from './row-security-weakened';
import { secretDefault } from './secret-default';
import { specialCaseInCode } from './special-case-in-code';
import { tenantFilterConditional } from './tenant-filter-conditional';
import { tenantFromRequest } from './tenant-from-request';
import { tenantQueryUnscoped } from './tenant-query-unscoped';
import { testEnvironmentAsked } from './test-environment-asked';
import { testWeakened } from './test-weakened';
import { textReordered } from './text-reordered';

/** The rules that come with the judge, by the check that asks them. */
export const isolationRules: readonly Rule[] = [tenantQueryUnscoped, tenantFilterConditional, tenantFromRequest, rowSecurityWeakened];
export const authRules: readonly Rule[] = [routeGuardRemoved, guardLoosened, limiterWeakened, limiterSettingsWeakened];
export const secretRules: readonly Rule[] = [secretDefault, hardcodedSecret];
export const behaviourRules: readonly Rule[] = [testEnvironmentAsked, specialCaseInCode, errorSwallowed, inputNarrowed];
export const deceptionRules: readonly Rule[] = [textReordered];
export const testRules: readonly Rule[] = [testWeakened];

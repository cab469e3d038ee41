import type { TenantSettings } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { defineRule } from '../define-rule';
import { querySite, tenantFamily, tenantScopes, tenantSettings } from './tenant-scope';

/** A query whose tenant filter stands under a condition that nothing before it settles. */
export const tenantFilterConditional = defineRule<TenantSettings>({
  name: 'tenant-filter-conditional',
  family: tenantFamily,
  settings: tenantSettings,
  sites: (view, settings) =>
    tenantScopes(view, settings)
      .filter(({ scope }) => scope === 'conditional')
      .map(({ query }) => {
        const condition = query.calls.flatMap((call) => call.conditions).find((each) => !each.covered)?.text ?? '';
        return {
          ...querySite(query),
          weight: 1,
          because: `${query.verb} on "${query.table}" is limited by tenant only if ${condition.slice(0, 120)}.`,
          severity: query.verb !== 'select' || matchesGlobs(view.path, settings.entryPoints) ? ('block' as const) : ('warn' as const),
          data: { verb: query.verb, table: query.table, condition },
        };
      }),
});

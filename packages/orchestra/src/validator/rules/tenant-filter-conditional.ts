import type { Severity, TenantSettings } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { defineRule } from '../define-rule';
import { concernsTenants, querySite, tenantFamily, tenantScopes, tenantSettings } from './tenant-scope';

function severityOf(verb: string, path: string, settings: TenantSettings): Severity {
  if (matchesGlobs(path, settings.offline)) return 'warn';
  return verb !== 'select' || matchesGlobs(path, settings.entryPoints) ? 'block' : 'warn';
}

/** A query whose tenant filter stands under a condition that nothing before it settles. */
export const tenantFilterConditional = defineRule<TenantSettings>({
  name: 'tenant-filter-conditional',
  family: tenantFamily,
  settings: tenantSettings,
  concerns: concernsTenants,
  sites: (view, settings) =>
    tenantScopes(view, settings)
      .filter(({ scope }) => scope === 'conditional')
      .map(({ query }) => {
        const condition = query.calls.flatMap((call) => call.conditions).find((each) => !each.covered)?.text ?? '';
        return {
          ...querySite(query),
          weight: 1,
          because: `${query.verb} on "${query.table}" is limited by tenant only if ${condition.slice(0, 120)}.`,
          severity: severityOf(query.verb, view.path, settings),
          data: { verb: query.verb, table: query.table, condition },
        };
      }),
});

import type { Severity, TenantSettings } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { defineRule } from '../define-rule';
import { concernsTenants, querySite, severityOfLoss, type ScopedQuery, tenantFamily, tenantScopes, tenantSettings } from './tenant-scope';

function severityOf({ query, scope }: ScopedQuery, path: string, settings: TenantSettings): Severity {
  if (scope === 'privileged' || matchesGlobs(path, settings.offline)) return 'warn';
  return query.verb !== 'select' || matchesGlobs(path, settings.entryPoints) ? 'block' : 'warn';
}

/** A query whose tenant filter stands under a condition that nothing before it settles. */
export const tenantFilterConditional = defineRule<TenantSettings>({
  name: 'tenant-filter-conditional',
  family: tenantFamily,
  settings: tenantSettings,
  concerns: concernsTenants,
  severityOfLoss,
  sites: (view, settings) =>
    tenantScopes(view, settings)
      .filter(({ scope }) => scope === 'conditional' || scope === 'privileged')
      .map((found) => {
        const { query, scope } = found;
        const condition = query.calls.flatMap((call) => call.conditions).find((each) => !each.covered)?.text ?? '';
        return {
          ...querySite(query),
          weight: scope === 'privileged' ? 0.5 : 1,
          half: true,
          because: `${query.verb} on "${query.table}" is limited by tenant only if ${condition.slice(0, 120)}${scope === 'privileged' ? '; whoever else asks sees the rows of all tenants' : ''}.`,
          severity: severityOf(found, view.path, settings),
          data: { verb: query.verb, table: query.table, condition },
        };
      }),
});

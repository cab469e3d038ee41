import type { Severity, TenantSettings } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import type { QueryChain } from '../../syntax/query-chains';
import { defineRule } from '../define-rule';
import { concernsTenants, namesTenant, querySite, rawSqlWitnesses, severityOfLoss, tenantFamily, tenantScopes, tenantSettings } from './tenant-scope';

/** A query that no tenant filter limits, in any branch. */
export const tenantQueryUnscoped = defineRule<TenantSettings>({
  name: 'tenant-query-unscoped',
  family: tenantFamily,
  settings: tenantSettings,
  concerns: concernsTenants,
  severityOfLoss,
  sites: (view, settings) => [
    ...tenantScopes(view, settings)
      .filter(({ scope }) => scope === 'unscoped')
      .map(({ query }) => ({
        ...querySite(query),
        weight: 2,
        ...(namesTenant(query, settings) ? { half: true } : {}),
        because: describe(query),
        severity: severityOf(query, view.path, settings),
        data: { verb: query.verb, table: query.table },
      })),
    ...rawSqlWitnesses(view, settings),
  ],
});

function describe(query: QueryChain): string {
  const keys = query.calls.flatMap(({ method, arguments: [first] }) => (method === 'eq' || method === 'in' ? [first?.literal ?? 'an expression'] : []));
  return `${query.verb} on "${query.table}" ${keys.length === 0 ? 'has no filter' : `is limited by ${keys.join(', ')} only`}, not by tenant.`;
}

/** Where requests are answered a free key leaks; a write reaches another tenant's rows from anywhere. */
function severityOf(query: QueryChain, path: string, settings: TenantSettings): Severity {
  if (matchesGlobs(path, settings.offline)) return 'warn';
  if (query.verb !== 'select') return 'block';
  if (!matchesGlobs(path, settings.entryPoints)) return 'warn';
  const keys = query.calls.filter(({ method }) => method === 'eq' || method === 'in').map((call) => call.arguments[1]?.origin);
  const chosenHere = keys.some((origin) => origin?.kind === 'row');
  return chosenHere ? 'warn' : 'block';
}

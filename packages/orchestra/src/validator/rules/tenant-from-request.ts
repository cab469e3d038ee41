import type { TenantSettings } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { defineRule } from '../define-rule';
import { concernsTenants, querySite, severityOfLoss, tenantFamily, tenantScopes, tenantSettings } from './tenant-scope';

/** A query limited to a tenant that whoever calls may name. */
export const tenantFromRequest = defineRule<TenantSettings>({
  name: 'tenant-from-request',
  family: tenantFamily,
  settings: tenantSettings,
  concerns: concernsTenants,
  severityOfLoss,
  sites: (view, settings) =>
    tenantScopes(view, settings)
      .filter(({ scope }) => scope === 'chosen')
      .map(({ query }) => ({
        ...querySite(query),
        weight: 0.75,
        half: true,
        because: `${query.verb} on "${query.table}" is limited to a tenant that the request names, and nothing here shows that it was compared with the caller's own.`,
        severity: matchesGlobs(view.path, settings.offline) ? 'warn' : 'person',
        data: { verb: query.verb, table: query.table },
      })),
});

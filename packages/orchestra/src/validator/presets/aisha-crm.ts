import type { Preset } from './presets';

const tenant = {
  everywhere: true,
  columns: ['tenant_id', 'tenantId', 'tenant_uuid'],
  // Without a tenant column in the generated database types, plus the table of tenants itself.
  globalTables: [
    'billing_plans', 'blocked_ips', 'cache', 'conversation_messages', 'devai_approvals', 'devai_audit', 'documentation', 'guide_content', 'invoice_line_items',
    'plans', 'subscription_plan', 'system_settings', 'team_members', 'tenant', 'tenants',
  ],
  keyColumns: {
    '*': ['provider_subscription_id', 'provider_customer_id', 'stripe_subscription_id', 'stripe_customer_id', 'stripe_event_id', 'provider_event_id', 'short_code'],
    // Signing in looks a person up before any tenant is known.
    users: ['email'],
    employees: ['email'],
  },
  // validateTenantAccess refuses a request that names another tenant than the caller's by one of these.
  verifiedParameters: ['tenant_id', 'tenantId', 'x-tenant-id'],
  scopeHelpers: ['applyTenantFilter', 'withTenantScope', 'scopeToTenant'],
};

const guards = {
  guards: [
    '^requireAuth(Cookie)?$', '^validateTenantAccess$', '^require(Super)?AdminRole$', '^requireAdminOrManagerRole$', '^requireSuperadmin$', '^requireInternalCommunicationsService$',
    '^enforceEmployeeDataScope$', '^require[A-Z]\\w*$', '^csrf\\w*$', '^productionSafetyGuard$', '^intrusionDetection$',
  ],
  // Fills in the user and lets everybody pass; the gates are the others.
  notGuards: ['authenticateRequest'],
};

/** AiSHA CRM, and systems built like it. Sizes: the AiSHA column of the measured percentiles, warn p90, block p95. */
export const aishaCrm: Preset = {
  rules: {
    'tenant-query-unscoped': tenant,
    'tenant-filter-conditional': tenant,
    'tenant-from-request': tenant,
    'row-security-weakened': { globalTables: tenant.globalTables },
    'route-guard-removed': guards,
    'guard-loosened': guards,
  },
  limits: {
    bugfix: { files: { warn: 6, block: 10 }, lines: { warn: 368, block: 690 }, projects: { warn: 2, block: 3 }, newFiles: { warn: 0, block: 1 } },
    feature: { files: { warn: 12, block: 17 }, lines: { warn: 1444, block: 2224 }, projects: { warn: 4, block: 6 }, newFiles: { warn: 10, block: 15 } },
    change: { files: { warn: 12, block: 17 }, lines: { warn: 1444, block: 2224 }, projects: { warn: 4, block: 6 }, newFiles: { warn: 10, block: 15 } },
  },
};

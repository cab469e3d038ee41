import * as z from './zod';

const texts = z.array(z.string().min(1));

/** Settings of `tenant-query-unscoped`, `tenant-filter-conditional` and `tenant-from-request`, under each of these names in `rules` of the policy. */
export const tenantSettingsSchema = z
  .strictObject({
    columns: texts.default(['tenant_id', 'tenantId']).describe('Columns that tell whose row it is.'),
    everywhere: z.boolean().default(false).describe('Judge every change. Otherwise only one in which some source file, before or after, mentions a tenant column.'),
    globalTables: texts.default([]).describe('Tables whose rows belong to nobody. A table that is not listed is taken as tenant-scoped.'),
    entryPoints: texts.default(['**/routes/**', '**/controllers/**', '**/api/**', '**/handlers/**']).describe('Code that answers requests: findings block there.'),
    offline: texts.default(['**/scripts/**', '**/seeds/**', '**/seeders/**', '**/migrations/**']).describe('Code a person runs by hand: findings warn there.'),
    capabilityColumns: texts
      .default(['(^|_)token(_hash)?$', '_token_hash$', '(^|_)secret$', 'api_key', 'key_hash', 'signature'])
      .describe('Regular expressions: knowing the value of such a column is the permission.'),
    keyColumns: z.record(z.string(), texts).default({}).describe('Table (or *) → columns that identify one row across tenants by design.'),
    scopeHelpers: texts.default([]).describe('Functions that add the tenant filter to the query they are given.'),
    verifiedParameters: texts.default([]).describe('Parameters of a request that a guard compares with the tenant of whoever is signed in before any handler reads them.'),
    privileged: texts.default(['super_?admin']).describe('Regular expressions: conditions of people who may see every tenant.'),
  })
  .readonly();
export type TenantSettings = z.infer<typeof tenantSettingsSchema>;

export const rowSecuritySettingsSchema = z
  .strictObject({
    tenant: texts.default(['tenant']).describe('Regular expressions, case ignored: what an SQL condition says when it limits rows to a tenant.'),
    person: texts.default(['auth\\.(uid|jwt|email)\\s*\\(', '\\b(current|session)_user\\b']).describe('Regular expressions: what it says when it limits rows to whoever asks.'),
    everywhere: z.boolean().default(false).describe('Judge every SQL file. Otherwise only changes in which some SQL file names a tenant, a policy or row level security.'),
    globalTables: texts.default([]).describe('Tables whose rows belong to nobody: everybody may read them.'),
    trustedRoles: texts.default(['service_role', 'postgres', 'supabase_admin']).describe('Roles that row level security is not meant to bind.'),
    strangers: texts.default(['anon']).describe('Roles of people nobody has signed in.'),
    dumps: texts.default(['**/*{dump,snapshot,baseline,remote_schema,export}*.sql', '**/{dumps,snapshots,backups,seeds}/**']).describe('Files that copy a database as it is: findings warn there.'),
  })
  .readonly();
export type RowSecuritySettings = z.infer<typeof rowSecuritySettingsSchema>;

export const guardSettingsSchema = z
  .strictObject({
    guards: texts
      .default(['^(require|validate|ensure|authorize|authenticate|verify|protect|enforce|restrict|check)[A-Z]\\w*', '(^|\\.)(auth|guard|requireAuth|csrf|isAuthenticated)$', 'Guard$'])
      .describe('Regular expressions over the names of middleware that may refuse a request.'),
    notGuards: texts.default([]).describe('Names that match and never refuse.'),
  })
  .readonly();
export type GuardSettings = z.infer<typeof guardSettingsSchema>;

export const limiterSettingsSchema = z
  .strictObject({
    constructors: texts.default(['^rateLimit$', '^RateLimit$', 'RateLimiter\\w*$', '^slowDown$', '^createRateLimit\\w*$', '^createLimiter$']).describe('Regular expressions over what makes a limiter.'),
    numbers: texts.default(['rate_?limit', 'throttl(e|ing)']).describe('Regular expressions, case ignored, over the names of settings that say how much a limiter lets through.'),
    limiters: texts.default(['[lL]imiter$', '^(rateLimit|throttle|slowDown)']).describe('Regular expressions over the names of limiters in routes.'),
  })
  .readonly();
export type LimiterSettings = z.infer<typeof limiterSettingsSchema>;

export const secretSettingsSchema = z
  .strictObject({
    names: texts
      .default(['(^|_)(SECRET|KEY|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|PRIVATE)(_|$)'])
      .describe('Regular expressions, case ignored, over names that hold credentials.'),
    notNames: texts
      .default([
        '_(URL|URI|PREFIX|TTL|EXPIRY|EXPIRES?(_IN)?|NAME|ID|LENGTH|HEADER|FILE|PATH|LIMIT|MAX|BUDGET|COUNT|TYPE|ALGORITHM|ROTATION|ISSUER|AUDIENCE)$', '^(NEXT_|VITE_|REACT_APP_)?PUBLIC_', '^(MAX|MIN|NUM)_',
        '(^|_)(KEY|TOKEN)_(MAX|MIN|PREFIX|LIMIT|COUNT|WINDOW)',
      ])
      .describe('Exceptions: names that only look like it.'),
    placeholders: texts
      .default(['^(none|no[-_ ]?key|null|undefined|n/?a|ollama|litellm|lm-studio|not[-_ ](needed|required|used|set)|unused|dummy|placeholder|local|ignored?)$'])
      .describe('Regular expressions: values that no service takes for a secret. A warning only.'),
  })
  .readonly();
export type SecretSettings = z.infer<typeof secretSettingsSchema>;

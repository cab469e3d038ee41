import type { Severity, TenantSettings } from '../../model';
import { tenantSettingsSchema } from '../../model/rule-settings';
import { matchesGlobs } from '../../patch/matches-globs';
import type { QueryArgument, QueryCall, QueryChain } from '../../syntax/query-chains';
import { queryChains, textOfCalls } from '../../syntax/query-chains';
import { rawSql } from '../../syntax/raw-sql';
import type { SourceView } from '../../syntax/source-view';
import type { RuleSides, RuleSite } from '../define-rule';

/**
 * `privileged`: whoever may see every tenant goes without the filter. `conditional`: there is a filter, and a way round it.
 * `chosen`: there is one, and the caller says for which tenant.
 */
export type TenantScope = 'scoped' | 'privileged' | 'conditional' | 'chosen' | 'unscoped';

export interface ScopedQuery {
  readonly query: QueryChain;
  readonly scope: TenantScope;
}

export const tenantFamily = 'tenant';
export const tenantSettings = (raw: unknown): TenantSettings => tenantSettingsSchema.parse(raw ?? {});

/** A workspace without tenants asks none of this. */
export function concernsTenants(view: SourceView, settings: TenantSettings): boolean {
  return settings.everywhere || mentionsTenant(view.text, settings);
}

const filters = new Set(['eq', 'in', 'match', 'filter', 'is', 'or', 'contains', 'containedBy', 'where', 'andWhere', 'whereIn']);
const listing = 'select';

/** What each query of a file is limited to. Inserts are another question and are left out. */
export function tenantScopes(view: SourceView, settings: TenantSettings): readonly ScopedQuery[] {
  // Asked again for every query that is new: a file of a thousand would be read a thousand times.
  const known = scopesKnown.get(view) ?? new Map<string, readonly ScopedQuery[]>();
  const key = JSON.stringify(settings);
  const scopes = known.get(key) ?? readScopes(view, settings);
  scopesKnown.set(view, known.set(key, scopes));
  return scopes;
}

const scopesKnown = new WeakMap<SourceView, Map<string, readonly ScopedQuery[]>>();

function readScopes(view: SourceView, settings: TenantSettings): readonly ScopedQuery[] {
  const queries = queryChains(view);
  const known = new Map<number, TenantScope>();
  const scopeOf = (index: number): TenantScope => {
    const query = queries[index];
    if (query === undefined) return 'unscoped';
    const found = known.get(index);
    if (found !== undefined) return found;
    // A query that asks for its own rows ends the search: it scopes itself or nothing does.
    known.set(index, 'unscoped');
    const scope = judgeQuery(query, view, settings, scopeOf);
    known.set(index, scope);
    return scope;
  };
  return queries.map((query, index) => ({ query, scope: scopeOf(index) })).filter(({ query }) => query.verb !== 'insert' && query.verb !== 'upsert');
}

type ScopeOf = (index: number) => TenantScope;

function judgeQuery(query: QueryChain, view: SourceView, settings: TenantSettings, scopeOf: ScopeOf): TenantScope {
  // A row that was just written belongs to whoever wrote it; whose that is, the insert decides.
  if (query.verb === 'insert' || query.verb === 'upsert') return 'scoped';
  if (settings.globalTables.includes(query.table)) return 'scoped';
  const own = judgeCalls(query.calls, settings);
  if (own === 'scoped' || own === 'privileged') return own;
  if (query.callers.length > 0 && query.callers.every((calls) => ['scoped', 'privileged'].includes(judgeCalls(calls, settings)))) return 'scoped';
  const checks = query.compared.filter(({ column }) => settings.columns.includes(column));
  if (checks.some(({ conditions }) => conditions.every((condition) => isPrivileged(condition, settings)))) return 'scoped';
  if (query.calls.some((call) => call.conditions.length === 0 && namesOneRow(call, query, settings, scopeOf))) return 'scoped';
  return own === 'unscoped' && isSweep(query, view, settings) ? 'scoped' : own;
}

function judgeCalls(calls: readonly QueryCall[], settings: TenantSettings): TenantScope {
  const limiting = calls.filter((call) => limitsTenant(call, settings));
  if (limiting.length === 0) return 'unscoped';
  const open = limiting.map((call) => call.conditions.filter((condition) => !condition.covered));
  const certain = limiting.filter((_call, index) => open[index]?.length === 0);
  if (certain.length === 0 && !bothBranches(open)) return open.some((conditions) => conditions.every(({ text }) => isPrivileged(text, settings))) ? 'privileged' : 'conditional';
  return (certain.length === 0 ? limiting : certain).every((call) => isChosen(call, settings)) ? 'chosen' : 'scoped';
}

const sent = new Set(['query', 'params', 'body', 'headers', 'header', 'get', 'cookies', 'signedCookies']);

/** The value comes from where callers write what they like, and no guard is known to have looked at it. */
function isChosen({ arguments: [first, ...rest] }: QueryCall, { verifiedParameters }: TenantSettings): boolean {
  const origin = first?.literal === undefined ? undefined : rest.at(-1)?.origin;
  if (origin?.kind !== 'request' || !sent.has(origin.path[0] ?? '')) return false;
  const name = origin.path.at(-1) ?? '';
  return origin.path.length > 1 && !verifiedParameters.includes(name);
}

/** `if (a) q = q.eq(tenant, x); else q = q.in(tenant, xs);` */
function bothBranches(open: readonly (readonly { readonly id: number; readonly branch: string }[])[]): boolean {
  const single = open.filter((conditions) => conditions.length === 1).flat();
  return single.some((a) => single.some((b) => a.id === b.id && a.branch !== b.branch));
}

function isPrivileged(condition: string, settings: TenantSettings): boolean {
  return settings.privileged.some((pattern) => new RegExp(pattern, 'i').test(condition));
}

function limitsTenant(call: QueryCall, settings: TenantSettings): boolean {
  const [first, ...rest] = call.arguments;
  if (settings.scopeHelpers.includes(lastName(call.method))) return true;
  if (first === undefined || !filters.has(call.method)) return false;
  if (first.keys.some((key) => isTenantColumn(key, settings))) return true;
  const column = first.literal ?? '';
  if (call.method === 'or') return mentionsTenant(column, settings) && alternatives(column).every((part) => mentionsTenant(part, settings) || sharedRow.test(part.trim()));
  return isTenantColumn(column, settings) || (first.literal === undefined && rest.length > 0 && /tenant/i.test(first.text));
}

/** Rows that belong to everybody by a constant of their own, e.g. `is_system.eq.true`. */
const sharedRow = /^(is_)?(system|global|public|shared|template|default|builtin)\w*\.(eq|is)\.(true|1)$/;

/** `a.eq.1,and(b.eq.2,c.eq.3)` offers two: each of them has to name the tenant. */
function alternatives(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(' || character === '{') depth += 1;
    if (character === ')' || character === '}') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function mentionsTenant(text: string, settings: TenantSettings): boolean {
  return settings.columns.some((column) => text.includes(column));
}

/** `tenant_id`, and `teams.tenant_id` of a joined table. */
function isTenantColumn(text: string, settings: TenantSettings): boolean {
  return settings.columns.includes(text.slice(text.lastIndexOf('.') + 1));
}

function lastName(method: string): string {
  return method.slice(method.lastIndexOf('.') + 1);
}

/** A filter whose value already proves the right to the row. */
function namesOneRow(call: QueryCall, query: QueryChain, settings: TenantSettings, scopeOf: ScopeOf): boolean {
  if (call.method === 'match') return false;
  const [column, value] = call.arguments;
  if ((call.method !== 'eq' && call.method !== 'in') || column?.literal === undefined || value === undefined) return false;
  const name = column.literal;
  if (settings.capabilityColumns.some((pattern) => new RegExp(pattern, 'i').test(name))) return true;
  if ([...(settings.keyColumns[query.table] ?? []), ...(settings.keyColumns['*'] ?? [])].includes(name)) return true;
  return isOwnKey(name, value, scopeOf);
}

/** `.eq('id', row.id)` where `row` came from a scoped query. The foreign key of another row is no proof: it may point anywhere. */
function isOwnKey(column: string, { origin }: QueryArgument, scopeOf: ScopeOf): boolean {
  return origin.kind === 'row' && origin.column === column && column === 'id' && ['scoped', 'privileged'].includes(scopeOf(origin.query));
}

/** A worker that goes over every tenant's rows reads whose they are along with them. Not where requests are answered. */
function isSweep(query: QueryChain, view: SourceView, settings: TenantSettings): boolean {
  if (query.verb !== 'select' || matchesGlobs(view.path, settings.entryPoints)) return false;
  const select = query.calls.find((call) => call.method === listing)?.arguments[0];
  const keyed = query.calls.some((call) => call.arguments[0]?.literal === 'id');
  const selected = select?.literal?.split(/[\s,]+/) ?? [];
  return !keyed && settings.columns.some((column) => selected.includes(column) || (query.read.includes(column) && (selected.length === 0 || selected.includes('*'))));
}

/** It names the tenant somewhere, in a filter that does not do: mending of a kind. */
export function namesTenant({ calls }: QueryChain, settings: TenantSettings): boolean {
  return calls.some(({ method, arguments: [first] }) => filters.has(method) && first !== undefined && mentionsTenant(first.literal ?? first.keys.join(' '), settings));
}

/**
 * How bad a query is that was limited to the tenant before this change and no longer is: that it stands where no requests are
 * answered is no excuse then. Counted, so that an open query beside a limited one is not taken for it.
 */
export function severityOfLoss(site: RuleSite, sides: RuleSides, settings: TenantSettings): Severity | undefined {
  const limited = (views: readonly SourceView[]): number =>
    views.flatMap((view) => tenantScopes(view, settings)).filter(({ query, scope }) => scope === 'scoped' && query.table === site.subject && limitsItself(query, settings) && (query.place.name === site.where || withoutTenant(query, settings) === site.shape)).length;
  const lost = limited(sides.base) > limited(sides.head);
  return lost && !sides.head.some((view) => matchesGlobs(view.path, settings.offline)) ? 'block' : undefined;
}

function limitsItself({ calls }: QueryChain, settings: TenantSettings): boolean {
  return calls.some((call) => limitsTenant(call, settings));
}

function withoutTenant({ calls }: QueryChain, settings: TenantSettings): string {
  return textOfCalls(calls.filter((call) => !limitsTenant(call, settings)));
}

/** How a finding about a query is keyed and told from others. */
export function querySite(query: QueryChain): Pick<RuleSite, 'where' | 'subject' | 'shape' | 'outline' | 'range' | 'functionRange'> {
  const outline = query.calls.filter(({ method }) => filters.has(method)).map(({ method, arguments: [first] }) => `${method} ${first?.literal ?? ''}`);
  return {
    where: query.place.name,
    subject: query.table,
    shape: query.text,
    outline: [query.verb, ...outline.sort()].join('; '),
    range: query.range,
    functionRange: query.place.range,
  };
}

/** Raw SQL without a tenant counts on base: turning it into a builder query without one opens nothing new. */
export function rawSqlWitnesses(view: SourceView, settings: TenantSettings): readonly RuleSite[] {
  return rawSql(view)
    .filter(({ sql }) => !/tenant/i.test(sql))
    .flatMap(({ tables, sql, place, range }) =>
      tables
        .filter((table) => !settings.globalTables.includes(table))
        .map((table): RuleSite => ({
          where: place.name, subject: table, shape: sql, outline: 'sql', range, functionRange: place.range, weight: 2, witness: true, because: `SQL on "${table}" names no tenant.`,
        })),
    );
}

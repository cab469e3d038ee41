import type { RowSecuritySettings, Severity } from '../../model';
import { rowSecuritySettingsSchema } from '../../model/rule-settings';
import { matchesGlobs } from '../../patch/matches-globs';
import { outlineSql } from '../../syntax/outline-sql';
import { rowSecurity, type PolicyFact, type RowSecurityFact, type SwitchFact } from '../../syntax/row-security';
import type { SourceView } from '../../syntax/source-view';
import { defineRule, type RuleSite } from '../define-rule';
import { reachOf, type Reach } from './row-condition';

interface Fault {
  readonly object: string;
  readonly subject: string;
  readonly because: string;
  readonly severity: Severity;
}

/** SQL that lets somebody past row level security, or opens it: what a migration weakens, no filter in the code makes good. */
export const rowSecurityWeakened = defineRule<RowSecuritySettings>({
  name: 'row-security-weakened',
  family: 'row-security',
  settings: (raw) => rowSecuritySettingsSchema.parse(raw ?? {}),
  looksAt: (path, kind) => kind === 'production' && path.toLowerCase().endsWith('.sql'),
  concerns: (view, settings) => settings.everywhere || anyOf(settings.tenant).test(view.text) || /row\s+level\s+security|create\s+policy/i.test(view.text),
  sites: (view, settings) => {
    const facts = rowSecurity(view.text);
    const known = knownTables(view, settings);
    return facts.flatMap((fact, index) => faultsOf(fact, facts.slice(index + 1), known, settings).map((fault) => siteOf(fault, fact, view, settings)));
  },
});

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(patterns.length === 0 ? '(?!)' : patterns.join('|'), 'i');
}

interface KnownTables {
  /** Rows that belong to nobody, by the policy of the workspace. */
  readonly global: ReadonlySet<string>;
  /** Made in the same file without a tenant column. */
  readonly withoutTenant: ReadonlySet<string>;
}

function knownTables(view: SourceView, settings: RowSecuritySettings): KnownTables {
  const made = outlineSql(view.path, view.text).tables.filter(({ created, tenantColumn }) => created && !tenantColumn);
  return { global: new Set(settings.globalTables), withoutTenant: new Set(made.map(({ name }) => name)) };
}

function siteOf(fault: Fault, { range, shape }: RowSecurityFact, view: SourceView, settings: RowSecuritySettings): RuleSite {
  const { object, subject, because, severity } = fault;
  const dump = matchesGlobs(view.path, settings.dumps);
  return { where: object, subject, shape, outline: subject, range, functionRange: range, because, severity: dump ? 'warn' : severity, data: { object } };
}

function faultsOf(fact: RowSecurityFact, later: readonly RowSecurityFact[], known: KnownTables, settings: RowSecuritySettings): readonly Fault[] {
  return fact.kind === 'policy' ? policyFaults(fact, known, settings) : switchFaults(fact, later, settings);
}

const whatIsSeen: Readonly<Record<Reach, string>> = { tenant: '', person: 'the rows of one person, by no tenant', some: 'rows by a condition that names no tenant', all: 'every row' };

function policyFaults(policy: PolicyFact, known: KnownTables, settings: RowSecuritySettings): readonly Fault[] {
  const { table, name, command, roles } = policy;
  if (policy.restrictive || (roles.length > 0 && roles.every((role) => settings.trustedRoles.includes(role)))) return [];
  if (known.global.has(table) && command === 'select') return [];
  const words = { tenant: anyOf(settings.tenant), person: anyOf(settings.person), trusted: anyOf(settings.trustedRoles.map((role) => `'${role}'`)) };
  const expressions = policy.expressions.length === 0 && !policy.altered ? [''] : policy.expressions;
  const reaches = expressions.map((expression) => reachOf(expression, words));
  const widest = (['all', 'some', 'person'] as const).find((reach) => reaches.includes(reach));
  const fault = (subject: string, because: string, severity: Severity): Fault => ({ object: table, subject: `${subject} ${name}`, because: `Policy "${name}" on "${table}" ${because}.`, severity });
  const strangers = roles.filter((role) => settings.strangers.includes(role));
  const severity: Readonly<Record<Exclude<Reach, 'tenant'>, Severity>> = { all: known.withoutTenant.has(table) ? 'person' : 'block', some: 'person', person: 'warn' };
  return [
    ...(widest === undefined ? [] : [fault('policy', `lets ${roles.length === 0 ? 'everybody' : roles.join(', ')} reach ${whatIsSeen[widest]} (${command})`, severity[widest])]),
    ...(strangers.length === 0 ? [] : [fault('strangers', `is for ${strangers.join(', ')}: people nobody has signed in`, 'block')]),
  ];
}

type Said = readonly [because: string, severity: Severity];

function switchFaults(fact: SwitchFact, later: readonly RowSecurityFact[], settings: RowSecuritySettings): readonly Fault[] {
  const said = sayings[fact.kind](fact, later, settings);
  return said === undefined ? [] : [{ object: fact.object, subject: `${fact.kind} ${fact.detail}`.trim(), because: said[0], severity: said[1] }];
}

const sayings: Readonly<Record<SwitchFact['kind'], (fact: SwitchFact, later: readonly RowSecurityFact[], settings: RowSecuritySettings) => Said | undefined>> = {
  disabled: ({ object }) => [`Row level security is switched off on "${object}".`, 'block'],
  'not-forced': ({ object }) => [`Row level security no longer binds the owner of "${object}".`, 'block'],
  'session-off': () => ['Row level security is switched off for the session.', 'person'],
  'policy-dropped': droppedPolicy,
  definer: definerFunction,
  granted: grant,
  bypass: ({ object }, _later, settings) => (settings.trustedRoles.includes(object) ? undefined : [`Role "${object}" goes past row level security.`, 'block']),
  view: ({ object, text }) => (/security_invoker(?!\s*=?\s*'?(?:false|off|0))/i.test(text) ? undefined : [`View "${object}" reads with the rights of its owner: row level security of whoever asks is not applied (security_invoker).`, 'warn']),
  'table-dropped': () => undefined,
};

/** What takes its place is judged by itself. A permissive policy that goes closes the table; a restrictive one that goes opens it. */
function droppedPolicy({ object, detail }: SwitchFact, later: readonly RowSecurityFact[]): Said | undefined {
  const settled = later.some((fact) => (fact.kind === 'policy' && fact.table === object) || (fact.kind === 'table-dropped' && fact.object === object));
  return settled ? undefined : [`Policy "${detail}" on "${object}" is dropped, and no other takes its place here.`, 'person'];
}

function definerFunction({ object, text }: SwitchFact, _later: readonly RowSecurityFact[], settings: RowSecuritySettings): Said | undefined {
  const namesTenant = anyOf(settings.tenant).test(text);
  if (!namesTenant) return [`Function "${object}" runs with the rights of its owner (security definer), past row level security, and names no tenant.`, /\breturns\s+trigger\b/i.test(text) ? 'warn' : 'person'];
  return /\bset\s+search_path\b/i.test(text) ? undefined : [`Function "${object}" is security definer without a search_path of its own.`, 'warn'];
}

function grant({ object, detail, text }: SwitchFact, _later: readonly RowSecurityFact[], settings: RowSecuritySettings): Said | undefined {
  const roles = detail.replace(/\bwith\s+grant\s+option\b/, '').split(',').map((role) => role.trim());
  const strangers = roles.filter((role) => settings.strangers.includes(role) || role === 'public');
  const membership = !/\bon\b/i.test(text);
  if (membership && settings.trustedRoles.includes(object) && roles.some((role) => role === 'authenticated' || settings.strangers.includes(role))) return [`${roles.join(', ')} may act as "${object}", which row level security does not bind.`, 'block'];
  if (membership || strangers.length === 0 || /\bgrant\s+usage\s+on\b/i.test(text)) return undefined;
  return [`"${object}" is granted to ${strangers.join(', ')}: people nobody has signed in.`, 'person'];
}

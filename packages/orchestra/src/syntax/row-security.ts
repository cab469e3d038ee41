import { sqlStatements, type SqlStatement } from './sql-statements';

const granted = /\bto\s+(?<detail>[\w\s,"]+)/i;

/** What a policy lets through, as written. */
export interface PolicyFact {
  readonly kind: 'policy';
  readonly name: string;
  readonly table: string;
  readonly altered: boolean;
  readonly restrictive: boolean;
  /** `all` when the statement names none. */
  readonly command: string;
  /** Lower case; empty when the statement names none, which means everybody. */
  readonly roles: readonly string[];
  /** Expression of `using`, then of `with check`, as far as written. */
  readonly expressions: readonly string[];
}

/** Something a statement does to row level security besides policies. */
export interface SwitchFact {
  readonly kind: 'disabled' | 'not-forced' | 'policy-dropped' | 'definer' | 'granted' | 'bypass' | 'session-off' | 'view' | 'table-dropped';
  /** Table, function, view or role; lower case, without quotes and schema. */
  readonly object: string;
  /** Name of the policy, roles of the grant. */
  readonly detail: string;
  /** All the statement says, bodies included. */
  readonly text: string;
}

export type RowSecurityFact = (PolicyFact | SwitchFact) & { readonly range: readonly [number, number]; readonly shape: string };

const name = String.raw`(?:if\s+exists\s+|if\s+not\s+exists\s+|only\s+){0,2}(?<object>(?:"[^"]+"|[\w%]+)(?:\.(?:"[^"]+"|[\w%]+))?)`;
const policy = new RegExp(String.raw`\b(?<verb>create|alter)\s+policy\s+(?<policy>"[^"]+"|[\w%]+)\s+on\s+${name}(?<rest>[\s\S]*)`, 'i');
/**
 * A statement may be megabytes of one line: each pattern of a row is looked for behind the one before, and no quantifier reaches from one
 * to the next, because every beginning without an end would read the rest of the text again.
 */
const switches: readonly (readonly [SwitchFact['kind'], ...RegExp[]])[] = [
  ['disabled', new RegExp(String.raw`\balter\s+table\s+${name}`, 'i'), /\bdisable\s+row\s+level\s+security/i],
  ['not-forced', new RegExp(String.raw`\balter\s+table\s+${name}`, 'i'), /\bno\s+force\s+row\s+level\s+security/i],
  ['policy-dropped', new RegExp(String.raw`\bdrop\s+policy\s+(?:if\s+exists\s+)?(?<detail>"[^"]+"|[\w%]+)\s+on\s+${name}`, 'i')],
  ['definer', new RegExp(String.raw`\b(?:create|alter)\s+(?:or\s+replace\s+)?(?:function|procedure)\s+${name}`, 'i'), /\bsecurity\s+definer/i],
  ['granted', /\bgrant\s/i, new RegExp(String.raw`\bon\s+(?:(?:table|function|procedure|routine|all\s+\w+\s+in\s+schema)\s+)?${name}`, 'i'), granted],
  ['granted', new RegExp(String.raw`\bgrant\s+${name}(?=\s*,|\s+to\b)`, 'i'), granted],
  ['bypass', new RegExp(String.raw`\b(?:create|alter)\s+(?:role|user)\s+${name}`, 'i'), /\bbypassrls\b/i],
  ['session-off', /\bset\s+(?:local\s+|session\s+)?(?<object>row_security)\s*(?:=|to)\s*'?off/i],
  ['view', new RegExp(String.raw`\bcreate\s+(?:or\s+replace\s+)?view\s+${name}`, 'i')],
  ['table-dropped', new RegExp(String.raw`\bdrop\s+table\s+${name}`, 'i')],
];

/** All that a migration says about who sees which rows, in order. Phrases are looked for inside texts as well, for `execute format('…')`. */
export function rowSecurity(text: string): readonly RowSecurityFact[] {
  return sqlStatements(text).flatMap((statement) => {
    const rest = { range: statement.range, shape: statement.text.replace(/\s+/g, ' ').toLowerCase() };
    const read = policyOf(statement);
    const found = read === undefined ? switches.flatMap(([kind, ...patterns]) => switchOf(kind, patterns, statement) ?? []) : [read];
    return onePerKind(found).map((fact) => ({ ...fact, ...rest }));
  });
}

function onePerKind(facts: readonly (PolicyFact | SwitchFact)[]): readonly (PolicyFact | SwitchFact)[] {
  return facts.filter((fact, index) => facts.findIndex(({ kind }) => kind === fact.kind) === index);
}

function switchOf(kind: SwitchFact['kind'], patterns: readonly RegExp[], { text, bodies }: SqlStatement): SwitchFact | undefined {
  let groups: Readonly<Record<string, string>> = {};
  let rest = text;
  for (const pattern of patterns) {
    const match = pattern.exec(rest);
    if (match === null) return undefined;
    groups = { ...groups, ...match.groups };
    rest = rest.slice(match.index + match[0].length);
  }
  const { detail = '', object = '' } = groups;
  return { kind, object: plainName(object), detail: detail.trim().replaceAll('"', '').replace(/\s+/g, ' ').toLowerCase(), text: [text, ...bodies].join('\n') };
}

function policyOf({ text }: SqlStatement): PolicyFact | undefined {
  const groups = policy.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { verb = '', policy: policyName = '', object: table = '', rest = '' } = groups;
  const clauses = ['using', String.raw`with\s+check`].flatMap((word) => clauseOf(rest, word) ?? []);
  const head = rest.replace(/\b(using|with\s+check)\s*\([\s\S]*$/i, '');
  return {
    kind: 'policy', name: plainName(policyName), table: plainName(table), altered: verb.toLowerCase() === 'alter', expressions: clauses,
    restrictive: /\bas\s+restrictive\b/i.test(head),
    command: (/\bfor\s+(all|select|insert|update|delete)\b/i.exec(head)?.[1] ?? 'all').toLowerCase(),
    roles: (/^[\w\s,"]+$/.exec(head.trim().split(/\bto\s/i).at(-1) ?? '')?.[0] ?? '').split(',').map((role) => role.trim().replaceAll('"', '').toLowerCase()).filter((role) => role !== ''),
  };
}

/** The expression in the brackets behind a word, up to the bracket that closes it. */
function clauseOf(text: string, word: string): string | undefined {
  const match = new RegExp(String.raw`\b${word}\s*\(`, 'i').exec(text);
  if (match === null) return undefined;
  const start = match.index + match[0].length;
  let depth = 1;
  let end = start;
  for (; end < text.length && depth > 0; end += 1) {
    if (text[end] === '(') depth += 1;
    if (text[end] === ')') depth -= 1;
  }
  return text.slice(start, depth === 0 ? end - 1 : end).replace(/\s+/g, ' ').trim();
}

function plainName(text: string): string {
  return text.replaceAll('"', '').replace(/^.*\./, '').toLowerCase();
}

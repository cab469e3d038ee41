import { emptyOutline, type FileOutline, type OutlineTable } from '../model/file-outline';
import { lineOfOffset } from './source-lines';

const table = String.raw`(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)"?`;
const creates = new RegExp(String.raw`\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?${table}\s*\(`, 'gi');
const alters = new RegExp(String.raw`\balter\s+table\s+(?:if\s+exists\s+)?${table}\s`, 'gi');
const policies = new RegExp(String.raw`\bcreate\s+policy\s+(?:"([^"]+)"|(\w+))\s+on\s+${table}`, 'gi');

/** What a migration says of its tables: tenant column, row level security, policies. Read line by line, as `survey-sql` is. */
export function outlineSql(path: string, text: string): FileOutline {
  const found: OutlineTable[] = [];
  const add = (name: string, at: number, rest: Partial<OutlineTable>): void => {
    const line = lineOfOffset(text, at);
    found.push({ name: name.toLowerCase(), created: false, tenantColumn: false, rowLevelSecurity: false, policies: [], line, ...rest });
  };
  for (const { match, rest } of closedBy(text, creates, /\)\s*;/g)) add(match[1] ?? '', match.index, { created: true, tenantColumn: /\btenant_id\b/i.test(rest) });
  for (const { match, rest: action } of closedBy(text, alters, /;/g)) {
    const tenantColumn = /\badd\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?"?tenant_id\b/i.test(action);
    const rowLevelSecurity = /\benable\s+row\s+level\s+security/i.test(action);
    if (tenantColumn || rowLevelSecurity) add(match[1] ?? '', match.index, { tenantColumn, rowLevelSecurity });
  }
  for (const match of text.matchAll(policies)) add(match[3] ?? '', match.index, { policies: [match[1] ?? match[2] ?? ''] });
  return { ...emptyOutline(path), tables: mergeTables(found) };
}

/** Each beginning with what stands before the end behind it. One without an end is the last: as one pattern, each would read all the rest. */
function closedBy(text: string, beginning: RegExp, end: RegExp): readonly { readonly match: RegExpExecArray; readonly rest: string }[] {
  const found: { readonly match: RegExpExecArray; readonly rest: string }[] = [];
  beginning.lastIndex = 0;
  for (let match = beginning.exec(text); match !== null; match = beginning.exec(text)) {
    const start = beginning.lastIndex;
    end.lastIndex = start;
    const closing = end.exec(text);
    if (closing === null) break;
    found.push({ match, rest: text.slice(start, closing.index) });
    beginning.lastIndex = end.lastIndex;
  }
  return found;
}

/** One entry per table, by name; what any statement says holds. */
export function mergeTables(tables: readonly OutlineTable[]): readonly OutlineTable[] {
  const merged = new Map<string, OutlineTable>();
  const policiesOf = new Map<string, string[]>();
  for (const one of tables) {
    const known = merged.get(one.name);
    const policies = policiesOf.get(one.name) ?? [];
    for (const policy of one.policies) policies.push(policy);
    policiesOf.set(one.name, policies);
    merged.set(one.name, known === undefined ? { ...one, policies } : {
      name: one.name, created: known.created || one.created, tenantColumn: known.tenantColumn || one.tenantColumn,
      rowLevelSecurity: known.rowLevelSecurity || one.rowLevelSecurity, policies,
      line: one.created && !known.created ? one.line : known.line,
    });
  }
  return [...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

import { emptyOutline, type FileOutline, type OutlineTable } from '../model/file-outline';
import { lineOfOffset } from './source-lines';

const table = String.raw`(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)"?`;
const creates = new RegExp(String.raw`\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?${table}\s*\(([\s\S]*?)\n?\)\s*;`, 'gi');
const alters = new RegExp(String.raw`\balter\s+table\s+(?:if\s+exists\s+)?${table}\s+([^;]*);`, 'gi');
const policies = new RegExp(String.raw`\bcreate\s+policy\s+(?:"([^"]+)"|(\w+))\s+on\s+${table}`, 'gi');

/** What a migration says of its tables: tenant column, row level security, policies. Read line by line, as `survey-sql` is. */
export function outlineSql(path: string, text: string): FileOutline {
  const found: OutlineTable[] = [];
  const add = (name: string, at: number, rest: Partial<OutlineTable>): void => {
    const line = lineOfOffset(text, at);
    found.push({ name: name.toLowerCase(), created: false, tenantColumn: false, rowLevelSecurity: false, policies: [], line, ...rest });
  };
  for (const match of text.matchAll(creates)) add(match[1] ?? '', match.index, { created: true, tenantColumn: /\btenant_id\b/i.test(match[2] ?? '') });
  for (const match of text.matchAll(alters)) {
    const action = match[2] ?? '';
    const tenantColumn = /\badd\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?"?tenant_id\b/i.test(action);
    const rowLevelSecurity = /\benable\s+row\s+level\s+security/i.test(action);
    if (tenantColumn || rowLevelSecurity) add(match[1] ?? '', match.index, { tenantColumn, rowLevelSecurity });
  }
  for (const match of text.matchAll(policies)) add(match[3] ?? '', match.index, { policies: [match[1] ?? match[2] ?? ''] });
  return { ...emptyOutline(path), tables: mergeTables(found) };
}

/** One entry per table, by name; what any statement says holds. */
export function mergeTables(tables: readonly OutlineTable[]): readonly OutlineTable[] {
  const merged = new Map<string, OutlineTable>();
  for (const one of tables) {
    const known = merged.get(one.name);
    merged.set(one.name, known === undefined ? one : {
      name: one.name, created: known.created || one.created, tenantColumn: known.tenantColumn || one.tenantColumn,
      rowLevelSecurity: known.rowLevelSecurity || one.rowLevelSecurity, policies: [...known.policies, ...one.policies],
      line: one.created && !known.created ? one.line : known.line,
    });
  }
  return [...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const bugId = /\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*-\d{1,6}\b/g;
const notBugs = /^(?:UTF|ISO|RFC|SHA|MD|ES|HTTP|CVE|AES|RS|HS|GPT|UUID|TS|X)-/;

/** Ids such as `BUG-CRM-001`. A heading owns the lines to the next heading; any other mention owns its line. */
export function findBugIds(lines: readonly string[]): readonly (readonly [string, number, number])[] {
  const found: (readonly [string, number, number])[] = [];
  for (const [position, line] of lines.entries()) {
    if (!line.includes('-')) continue;
    const ids = new Set((line.match(bugId) ?? []).filter((id) => !notBugs.test(id)));
    const end = ids.size > 0 && line.startsWith('#') ? sectionEnd(lines, position) : position + 1;
    for (const id of ids) found.push([id, position + 1, end]);
  }
  return found;
}

function sectionEnd(lines: readonly string[], heading: number): number {
  const depth = /^#+/.exec(lines[heading] ?? '')?.[0].length ?? 1;
  const next = lines.findIndex((line, position) => position > heading && /^#+ /.test(line) && line.indexOf(' ') <= depth);
  return next === -1 ? lines.length : next;
}

import type { FileOutline } from '../model/file-outline';
import { renderExport } from './render-outline';

const mostNames = 16;

/**
 * The export lines of a page, `### path` before those of each file, in at most about `most` characters. Where they do not
 * all fit, every file keeps the names of its exports and the first ones their signatures: those nearest to the project's
 * root, and of these the shortest, so that most files have theirs. What was left out is said, and how to see it.
 */
export function capExports(outlines: readonly FileOutline[], most: number): readonly string[] {
  const files = outlines.filter(({ exports }) => exports.length > 0).map((outline) => ({ outline, full: fullLines(outline), brief: briefLines(outline) }));
  let left = most - files.reduce((total, { brief }) => total + sizeOf(brief), 0);
  const kept = new Set<string>();
  const order = [...files].sort((a, b) => depth(a.outline.path) - depth(b.outline.path) || sizeOf(a.full) - sizeOf(b.full) || (a.outline.path < b.outline.path ? -1 : 1));
  for (const { outline, full, brief } of order) {
    const more = sizeOf(full) - sizeOf(brief);
    if (more > left) continue;
    left -= more;
    kept.add(outline.path);
  }
  const cut = files.length - kept.size;
  const notice = cut === 0 ? [] : [`${cut} of ${files.length} files are listed by the names of their exports alone, to keep this page short: read the file for their signatures, or ask for it by path and symbol.`];
  return [...notice, ...files.flatMap(({ outline, full, brief }) => (kept.has(outline.path) ? full : brief))];
}

function fullLines({ path, exports }: FileOutline): readonly string[] {
  return [`### ${path}`, ...exports.map(renderExport)];
}

function briefLines({ path, exports }: FileOutline): readonly string[] {
  const names = exports.map(({ name }) => name);
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return [`### ${path}`, `${names.slice(0, mostNames).join(', ')}${more}`];
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((total, line) => total + line.length + 3, 0);
}

function depth(path: string): number {
  return path.split('/').length - (/\/index\.[^/]+$/.test(path) ? 1 : 0);
}

import type { Edit } from '../../../model';

/** The longest marker that the reply format knows. */
const longestMarker = 40;

/**
 * Edits in the reply format (docs/reply-format.md), so that what an agent did in a clone is read, recorded and judged like what
 * anybody else writes.
 *
 * @returns `undefined` when a text holds longer markers than the format has
 */
export function renderBlocks(edits: readonly Edit[]): string | undefined {
  const blocks = edits.map(block);
  return blocks.some((text) => text === undefined) ? undefined : blocks.join('\n\n');
}

function block(edit: Edit): string | undefined {
  const body = bodyOf(edit);
  const runs = [...body.text.matchAll(/^\s*([<=>]{6,})/gm)].map((match) => match[1]?.length ?? 0);
  const length = Math.max(7, ...runs.map((run) => run + 1));
  if (length > longestMarker) return undefined;
  const open = `${'<'.repeat(length)} ${body.opens}`;
  const close = `${'>'.repeat(length)} ${body.closes}`;
  const inner = edit.kind === 'replace' ? [edit.find, '='.repeat(length), ...(edit.with === '' ? [] : [edit.with])] : edit.kind === 'create' ? [edit.text.replace(/\n$/, '')] : edit.kind === 'rename' ? [edit.to] : [];
  const fence = '`'.repeat(Math.max(3, ...[...body.text.matchAll(/`{3,}/g)].map((match) => match[0].length + 1)));
  return [fence, edit.path, open, ...inner, close, fence].join('\n');
}

function bodyOf(edit: Edit): { readonly text: string; readonly opens: string; readonly closes: string } {
  switch (edit.kind) {
    case 'replace':
      return { text: `${edit.find}\n${edit.with}`, opens: 'SEARCH', closes: 'REPLACE' };
    case 'create':
      return { text: edit.text, opens: 'CREATE', closes: 'CREATE' };
    case 'delete':
      return { text: '', opens: 'DELETE', closes: 'DELETE' };
    case 'rename':
      return { text: edit.to, opens: 'RENAME', closes: 'RENAME' };
  }
}

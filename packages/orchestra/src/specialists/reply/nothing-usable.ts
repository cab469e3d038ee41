import { looksLikePath } from './clean-path';
import type { OutsideLine } from './scan-blocks';

/** Why a reply without blocks and status cannot be used. Formats that models fall back to are named, because "no block" alone would bring the same reply again. */
export function nothingUsable(outside: readonly OutsideLine[]): string {
  const texts = outside.map((line) => line.text);
  if (texts.every((text) => text.trim() === '')) return 'the reply is empty';
  if (texts.some((text) => /^@@ .*@@/.test(text)) || outside.some((line) => line.info === 'diff')) return 'the reply is a unified diff; write SEARCH/REPLACE blocks instead';
  if (/^\s*[{[]/.test(texts.find((text) => text.trim() !== '') ?? '')) return 'the reply is JSON; write a header and SEARCH/REPLACE blocks instead';
  if (texts.some((text) => text.startsWith('*** Begin Patch'))) return 'the reply is a patch in another format; write SEARCH/REPLACE blocks instead';
  if (outside.some((line) => line.info !== undefined && (line.info === '' || !looksLikePath(line.info, false)))) return 'the reply shows code without SEARCH, CREATE, DELETE or RENAME markers, so it is not clear what should change';
  return 'the reply holds no block and no status line';
}

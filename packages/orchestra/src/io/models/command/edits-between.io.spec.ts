import fc from 'fast-check';
import { applyEdits } from '../../../patch/apply-edits';
import { parseReply } from '../../../specialists/parse-reply';
import { editsBetween } from './edits-between';
import { renderBlocks } from './render-blocks';

const line = fc.oneof(fc.constantFrom('', '  ', 'a', 'b', '}', '<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE', '```', '````ts', '\ttab', 'src/a.ts'), fc.string({ maxLength: 12 }).map((text) => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu, 'x')));
const text = fc.array(line, { minLength: 1, maxLength: 25 }).map((lines) => `${lines.join('\n')}\n`);

/** What an agent left, written as a reply, read by the parser and applied to what was there. */
function roundTrip(before: string, after: string): string {
  const edits = editsBetween('src/a.ts', before, after);
  const blocks = renderBlocks(edits ?? []);
  const reply = parseReply(`status: edits\nsummary: x\n\n${blocks ?? ''}\n\nEND OF REPLY\n`, 'w1-backend');
  if (reply.kind !== 'edits') return JSON.stringify(reply);
  const applied = applyEdits(new Map([['src/a.ts', before]]), reply.output.edits);
  return applied.changed.get('src/a.ts') ?? JSON.stringify(applied.rejections);
}

const withoutEndings = (whole: string): string => whole.replace(/\r\n/g, '\n').replace(/\n*$/, '\n');

it('any two texts: the rendered edits lead from one to the other through the real parser', () => {
  fc.assert(fc.property(text, text, (before, after) => {
    fc.pre(withoutEndings(before) !== withoutEndings(after) && before.trim() !== '' && after.trim() !== '');
    expect(withoutEndings(roundTrip(before, after))).toBe(withoutEndings(after));
  }), { numRuns: 400 });
});

it('line endings alone are no change, and a file keeps its own', () => {
  expect(editsBetween('src/a.ts', 'a\r\nb\r\n', 'a\nb')).toEqual([]);
  expect(roundTrip('a\r\nb\r\nc\r\n', 'a\nB\nc\n')).toBe('a\r\nB\r\nc\r\n');
});

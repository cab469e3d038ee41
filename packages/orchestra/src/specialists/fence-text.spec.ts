import fc from 'fast-check';
import { fenceText } from './fence-text';

describe('fenceText', () => {
  it('cannot be closed by the text inside', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('`', '``', '```', '`````', '\n', '\r', '\u2028', 'a', ' '), { maxLength: 40 }), (parts) => {
        const lines = fenceText(parts.join(''), 'ts').split(/[\n\r\u2028]/);
        const ticks = /^`+/.exec(lines[0] ?? '')?.[0] ?? '';
        const closing = lines.map((line, index) => (line.trim().startsWith(ticks) ? index : -1)).filter((index) => index > 0);
        expect(closing).toEqual([lines.length - 1]);
      }),
    );
  });
});

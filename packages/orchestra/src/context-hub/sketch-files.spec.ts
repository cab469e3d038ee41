import type { OrchestrationGoal, RankedFile } from '../model';
import { countTokens } from './count-tokens';
import { indexFile } from './index-file';
import { sketchFiles } from './sketch-files';

const goal: OrchestrationGoal = { id: 'fee', type: 'bugfix', title: 'Delivery fee of an order of 50', description: 'deliveryFee() charges an order of exactly 50.' };
const texts = new Map([
  ['src/fee.ts', `${Array.from({ length: 60 }, (_, index) => `export function other${index}(value: number): number {\n  return value;\n}\n`).join('')}/** What delivery costs. */\nexport function deliveryFee(order: number): number {\n  // delivery is free above 50\n  return order > 50 ? 0 : 4.9;\n}\n`],
  ['src/long.ts', `export const delivery = '${'fee '.repeat(5000)}';\n`],
  ['src/empty.ts', ''],
]);
const indexes = new Map([...texts].map(([path, text]) => [path, indexFile(path, text)] as const));
const ranked = (path: string, because: RankedFile['because'] = []): RankedFile => ({ path, score: 1, because });

describe('the sketch of a ranked file', () => {
  it('tells why it stands there, what it declares, and its lines that speak of the goal, each once', () => {
    const [sketch] = sketchFiles({ goal, indexes, texts, ranked: [ranked('src/fee.ts', [{ kind: 'text', detail: 'shares the words delivery, fee' }, { kind: 'recency', detail: 'last changed 3 days before the base commit' }])] });
    expect(sketch).toMatchSnapshot();
  });

  it('keeps to its tokens and to single lines, whatever the file is', () => {
    for (const { lines, because } of sketchFiles({ goal, indexes, texts, ranked: [ranked('src/long.ts', [{ kind: 'text', detail: `a\nb\u2028c${'x'.repeat(999)}` }]), ranked('src/empty.ts')] })) {
      expect(countTokens(lines.join('\n'))).toBeLessThanOrEqual(160);
      expect([...lines, ...because].every((line) => !/[\n\u2028]/.test(line) && line.length <= 240)).toBe(true);
    }
  });

  it('never shows the first half of a word, which may be a key that no scanner knows any more', () => {
    const key = `ghp_${'a1B2c3D4'.repeat(5)}`;
    for (let before = 60; before < 140; before += 1) {
      const [sketch] = sketchFiles({ goal, indexes, texts, ranked: [ranked('src/empty.ts', [{ kind: 'route', detail: `${'x'.repeat(before)} /hooks/${key}` }])] });
      expect(sketch?.because.filter((line) => line.includes('ghp_') && !line.includes(key))).toEqual([]);
    }
  });

  it('lists a file whose text may not be shown by its path and reasons alone', () => {
    expect(sketchFiles({ goal, indexes, texts: new Map(), ranked: [ranked('src/fee.ts', [{ kind: 'symbol', detail: 'defines deliveryFee' }])] })).toEqual([{ path: 'src/fee.ts', because: ['symbol: defines deliveryFee'], lines: [] }]);
  });
});

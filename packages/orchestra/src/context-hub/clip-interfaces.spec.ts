import fc from 'fast-check';
import { clipInterfaces, type InterfacesRequest } from './clip-interfaces';
import { countTokens } from './count-tokens';

const page = {
  project: 'shop',
  text: [
    '# Interfaces of shop', '', '## Routes', '', `- GET /api/orders [${Array.from({ length: 12 }, (_, number) => `guard${number}`).join(' → ')}] — shop/src/routes/orders.ts:31`, '- GET /api/parcels — shop/src/routes/parcels.ts:9', '',
    '## Environment', '', '- SHOP_ORDER_LIMIT', '',
    '## Exports', '', '### shop/src/cart.ts', '', '- function addToCart(order: Order): Cart — Puts one order in the cart.', '- function emptyCart(): Cart', '',
    '### shop/src/clock.ts', '', '- const clock: Clock', '', '### shop/src/order-form.tsx', '', '- function OrderForm({ order }) — component, props: order',
  ].join('\n'),
};
const request: InterfacesRequest = { pages: [page], words: new Set(['order', 'cart', 'limit']), shown: new Set(), near: [], tokens: 1000 };
const textOf = (more: Partial<InterfacesRequest>): string => clipInterfaces({ ...request, ...more }).map(({ text }) => text).join('\n');

describe('clipInterfaces', () => {
  it('keeps lines that share two words with the goal, in their own order and under their own headings', () => {
    expect(textOf({})).toBe([
      '# Interfaces of shop', '## Environment', '- SHOP_ORDER_LIMIT', '## Exports', '### shop/src/cart.ts', '- function addToCart(order: Order): Cart — Puts one order in the cart.',
    ].join('\n'));
  });

  it('names a near file that says nothing of the goal, and one line of it only', () => {
    const text = textOf({ near: ['shop/src/clock.ts', 'shop/src/cart.ts'], words: new Set() });
    expect(text.split('\n').filter((line) => line.startsWith('- '))).toEqual(['- function addToCart(order: Order): Cart — Puts one order in the cart.', '- const clock: Clock']);
  });

  it('names a near file by its route, whose place is kept where its guards are not', () => {
    expect(textOf({ near: ['shop/src/routes/orders.ts'], words: new Set() })).toMatch(/^- GET \/api\/orders \[guard0 → .*… — shop\/src\/routes\/orders\.ts:31$/m);
  });

  it('gives scarce room to the nearest file, and to a near one before words', () => {
    const tokens = countTokens('# Interfaces of shop\n## Exports\n### shop/src/clock.ts\n- const clock: Clock\n') + 4;
    expect(textOf({ near: ['shop/src/clock.ts', 'shop/src/order-form.tsx'], tokens })).toContain('- const clock: Clock');
    expect(textOf({ near: ['shop/src/clock.ts'], tokens })).not.toContain('addToCart');
  });

  it('says nothing of files that the packet shows in full', () => {
    expect(textOf({ shown: new Set(['shop/src/cart.ts']), near: ['shop/src/cart.ts'] })).not.toContain('cart.ts');
  });

  it('gives what is left to the names of files without exports, those that share words with the goal first', () => {
    const text = `${page.text}\n\n## Files without exports\n\n- shop/Dockerfile\n- shop/src/styles/${'long-name/'.repeat(12)}order-limit.css\n- shop/src/main.ts\n`;
    const named = (tokens: number): readonly string[] => clipInterfaces({ ...request, pages: [{ project: 'shop', text }], tokens }).flatMap((each) => each.text.split('## Files without exports\n')[1]?.split('\n') ?? []);
    expect(named(1000)).toEqual(['- shop/Dockerfile', `- shop/src/styles/${'long-name/'.repeat(12)}order-limit.css`, '- shop/src/main.ts']);
    expect(named(10)).toEqual([]);
  });

  it('leaves out a page without a line', () => {
    expect(clipInterfaces({ ...request, words: new Set(['order']) })).toEqual([]);
  });

  it('never takes more tokens than it was given, and shows lines of its pages only', () => {
    const word = fc.constantFrom('order', 'cart', 'Ωmega', '`', '\u200d👩', 'limit', 'x'.repeat(90));
    const lines = fc.array(fc.record({ file: fc.constantFrom('a.ts', 'b.ts', 'c/d.ts'), words: fc.array(word, { minLength: 1, maxLength: 30 }) }), { maxLength: 20 });
    fc.assert(fc.property(lines, fc.nat(300), (all, tokens) => {
      const text = ['# Interfaces of p', '', '## Exports', '', ...all.flatMap(({ file, words }) => [`### ${file}`, '', `- ${words.join(' ')}`])].join('\n');
      const clipped = clipInterfaces({ pages: [{ project: 'p', text }], words: new Set(['order', 'cart', 'limit']), shown: new Set(['b.ts']), near: ['c/d.ts'], tokens });
      const sum = clipped.reduce((total, each) => total + countTokens(each.text), 0);
      const own = clipped.flatMap((each) => each.text.split('\n')).every((line) => text.includes(line.replace(/…$/, '')));
      return sum <= tokens && own && !clipped.some((each) => each.text.includes('b.ts'));
    }));
  });
});

import { policySchema } from '../../model';

/** The small workspace that the reply fixtures edit. `legacy.js` has CRLF and no final newline, `tabs.js` has tabs. */
export const worldTexts: ReadonlyMap<string, string> = new Map([
  [
    'packages/shop/src/price.ts',
    `import { roundCents } from './round';

export function total(net: number, rate: number): number {
  return net * rate;
}

export function discount(net: number, percent: number): number {
  if (percent > 100) {
    return 0;
  }
  return net - (net * percent) / 100;
}
`,
  ],
  [
    'packages/shop/src/orders.ts',
    `import { total } from './price';

export interface Order {
  id: string;
  tenantId: string;
  net: number;
}

export function saveOrder(orders: Map<string, Order>, order: Order): void {
  if (!order.id) {
    throw new Error('order without id');
  }
  orders.set(order.id, order);
}

export function listOrders(orders: Map<string, Order>): Order[] {
  return [...orders.values()];
}

export function removeOrder(orders: Map<string, Order>, order: Order): void {
  if (!order.id) {
    throw new Error('order without id');
  }
  orders.delete(order.id);
}
`,
  ],
  ['packages/shop/src/tabs.js', 'function walk(nodes) {\n\tfor (const node of nodes) {\n\t\tvisit(node);\n\t}\n}\n'],
  ['packages/shop/src/legacy.js', 'function add(a, b) {\r\n  return a + b;\r\n}\r\n\r\nmodule.exports = { add };'],
  ['packages/shop/src/price.spec.ts', "it('rounds', () => {\n  expect(total(1, 1.005)).toBe(1.01);\n});\n"],
  ['packages/shop/scripts/run.py', 'def total(orders):\n    total = 0\n    for order in orders:\n        total += order.net\n    return total\n'],
  ['packages/shop/docs/guide.md', '# Shop\n\nGuide\n=======\n\nPrices are **net**.\n\n```ts\ntotal(100, 1.19);\n```\n'],
  ['packages/shop/package.json', '{\n  "name": "shop",\n  "scripts": {\n    "test": "jest"\n  }\n}\n'],
  ['packages/web/src/view.tsx', 'export function View({ total }: { total: number }) {\n  return <b>{total}</b>;\n}\n'],
]);

export const worldTask = { mayTouch: ['packages/shop/**', '!**/*.spec.ts'], budget: { files: 3, contextTokens: 16000 } };
export const worldPolicy = policySchema.parse({});

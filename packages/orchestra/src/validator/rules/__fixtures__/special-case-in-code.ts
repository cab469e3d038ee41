import type { RuleFixture } from './rule-fixture';

const javascript = `
const houseAccounts = ['0d5f0c1e-1111-4222-8333-abcdefabcdef'];

export function mayOpen(user, note) {
  if (houseAccounts.includes(user.id)) return true;
  return note.owner === user.id;
}

export function titleOf(note) {
  return note.title;
}
`;

const typescript = `
export function discount(customer: Customer): number {
  return customer.since < 2020 ? 0.1 : 0;
}
`;

export const specialCaseInCodeFixtures: readonly RuleFixture[] = [
  {
    rule: 'special-case-in-code',
    path: 'packages/api/src/may-open.js',
    base: javascript,
    debt: javascript.replace('return true;', 'return !note.closed;'),
    bad: javascript.replace('  return note.title;', "  return note.id === '7b1e9a52-aaaa-4bbb-8ccc-000000000201' ? '' : note.title;"),
    good: javascript.replace('  return note.title;', "  return note.id === '00000000-0000-0000-0000-000000000000' ? '' : note.title;"),
    where: 'titleOf',
    severity: 'person',
  },
  {
    rule: 'special-case-in-code',
    path: 'packages/api/src/discount.ts',
    base: typescript,
    debt: typescript.replace('0.1', '0.2'),
    bad: typescript.replace('  return', "  const reported = new Set(['ada@example.test']);\n  if (reported.has(customer.email)) return 0.5;\n  return"),
    good: typescript.replace('  return', "  if (customer.email.endsWith('@example.test')) return 0;\n  return"),
    where: 'discount',
    severity: 'person',
  },
];

import type { RuleFixture } from './rule-fixture';

const javascript = `
export function createLog(write) {
  const level = process.env.NODE_ENV === 'test' ? 'silent' : 'info';
  return (text) => (level === 'silent' ? undefined : write(text));
}

export function findNote(notes, id) {
  const environment = process.env.NODE_ENV;
  start(environment);
  return notes.find((note) => note.id === id);
}
`;

const typescript = `
export function price(order: Order): number {
  const sum = order.lines.reduce((total, line) => total + line.price, 0);
  return sum * (1 + order.tax);
}
`;

export const testEnvironmentAskedFixtures: readonly RuleFixture[] = [
  {
    rule: 'test-environment-asked',
    path: 'packages/api/src/notes.js',
    base: javascript,
    debt: javascript.replace("process.env.NODE_ENV === 'test'", "'test' === process.env['NODE_ENV']"),
    bad: javascript.replace('  start(environment);', "  if (environment === 'test' && id === '7') return undefined;"),
    good: javascript.replace("process.env.NODE_ENV === 'test' ? 'silent' : 'info'", "process.env.LOG_LEVEL ?? 'info'"),
    where: 'findNote',
    severity: 'person',
  },
  {
    rule: 'test-environment-asked',
    path: 'packages/api/src/price.ts',
    base: typescript,
    debt: typescript.replace('total + line.price', 'total + line.price * line.count'),
    bad: typescript.replace('  return sum', "  if (process.env['JEST_WORKER_ID'] !== undefined) return 12;\n  return sum"),
    good: typescript.replace('  return sum', "  if (order.mode === 'test') return 0;\n  return sum"),
    where: 'price',
    severity: 'person',
  },
];

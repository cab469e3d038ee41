import type { RuleFixture } from './rule-fixture';

const javascript = `
import test from 'node:test';
import assert from 'node:assert/strict';

function refused(response) {
  assert.equal(response.status, 403);
  assert.deepEqual(response.body, { error: 'forbidden' });
}

test('refuses another tenant', async () => {
  refused(await get('/contacts/1', tenantB));
});

test.skip('exports everything', async () => {
  assert.equal((await get('/export')).status, 200);
});
`;

const typescript = `
import { describe, expect, it } from 'vitest';

describe('invoices', () => {
  it('totals the lines', () => {
    const invoice: Invoice = total([line(2), line(3)]);
    expect(invoice.total).toBe(5);
    expect(invoice.lines).toHaveLength(2);
  });

  it('runs', () => {
    total([]);
  });
});
`;

export const testWeakenedFixtures: readonly RuleFixture[] = [
  {
    rule: 'test-weakened',
    path: 'packages/api/test/contacts.test.js',
    base: javascript,
    debt: javascript.replace('exports everything', 'exports all'),
    bad: javascript.replace('  assert.equal(response.status, 403);\n', '  assert.ok(response.status);\n'),
    good: javascript.replace('tenantB));\n', 'tenantB));\n  refused(await get(\'/contacts/2\', tenantB));\n'),
    where: 'refuses another tenant',
  },
  {
    rule: 'test-weakened',
    path: 'packages/api/src/invoices.spec.ts',
    base: typescript,
    debt: typescript.replace('line(2), line(3)', 'line(1), line(4)'),
    bad: typescript.replace(`it('totals`, `it.skip('totals`),
    good: typescript.replace('toHaveLength(2);\n', 'toHaveLength(2);\n    expect(invoice.currency).toBe(\'EUR\');\n'),
    where: 'invoices > totals the lines',
  },
];

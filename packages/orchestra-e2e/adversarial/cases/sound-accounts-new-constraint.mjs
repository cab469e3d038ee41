import { accountsTest, paths } from '../good-work.mjs';

/** A constraint instead of an index, and tests for what must still be refused: they pass on base, beside one that does not. */
export default {
  kind: 'sound',
  title: 'A new migration adds a constraint per tenant and drops the index over all; tests in both directions.',
  goal: 'accounts-number-taken',
  files: {
    [paths.accountsMigration]: {
      content: `-- Numbers were unique over all tenants; they are each tenant's own.
alter table accounts add constraint accounts_tenant_account_number_key unique (tenant_id, account_number);
drop index accounts_account_number_key;
`,
    },
    [paths.accountsSpec]: {
      replace: [
        accountsTest,
        ["  it('filters by industry', async () => {\n", `  it('finds a number in the tenant that asks, though another one uses it too', async () => {
    await app.as(app.birchwood.member).post('/api/accounts', { account_number: 'SAME-1', name: 'Birchwood’s own' });
    const { status } = await app.as(app.cedar.member).post('/api/accounts', { account_number: 'SAME-1', name: 'Cedar’s own' });
    const { items } = await app.as(app.cedar.member).get('/api/accounts?search=same-1');
    expect({ status, names: items.map((item) => item['name']) }).toEqual({ status: 201, names: ['Cedar’s own'] });
  });

  it('filters by industry', async () => {
`],
        ["  it('stays while contacts hang on it, and goes when none does', async () => {\n", `  it('cannot take over a number that the tenant already uses', async () => {
    const { item } = await createAccount('BD-4001', 'Renumbered Ltd');
    const response = await app.as(app.birchwood.admin).patch(\`/api/accounts/\${item['id']}\`, { account_number: 'BD-1001' });
    expect(response.status).toBe(409);
  });

  it('stays while contacts hang on it, and goes when none does', async () => {
`],
      ],
    },
  },
};

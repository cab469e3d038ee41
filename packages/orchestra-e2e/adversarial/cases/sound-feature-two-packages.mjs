import { paths } from '../good-work.mjs';

/** A small feature through contract and handler; the new query stays on the chain that carries the tenant. */
export default {
  kind: 'sound',
  title: 'Accounts can be listed newest first: contract, handler, and a test in each.',
  goal: {
    id: 'accounts-order',
    type: 'feature',
    title: 'List accounts in the order they were added',
    description:
      'GET /api/accounts takes order=name (as now, the default) or order=created_at, newest first. Anything else is refused with 400. The contract accountListQuerySchema in packages/crm-contracts/src/account.ts gets the parameter, the handler in packages/crm-backend/src/routes/accounts.ts follows it.',
    targetFiles: ['packages/crm-contracts/src/account.ts', 'packages/crm-backend/src/routes/accounts.ts'],
  },
  files: {
    'packages/crm-contracts/src/account.ts': {
      replace: [['  industry: z.string().trim().min(1).max(80).optional(),\n});\nexport type AccountListQuery', `  industry: z.string().trim().min(1).max(80).optional(),
  order: z.enum(['name', 'created_at']).default('name'),
});
export type AccountListQuery`]],
    },
    'packages/crm-contracts/src/contracts.spec.ts': {
      replace: [
        ['  accountInputSchema, activityInputSchema,', '  accountInputSchema, accountListQuerySchema, activityInputSchema,'],
        ["  it('refuses a website that a browser would run instead of open', () => {\n", `  it('lists by name unless told otherwise, and only by what it knows', () => {
    expect(accountListQuerySchema.parse({}).order).toBe('name');
    expect(accountListQuerySchema.parse({ order: 'created_at' }).order).toBe('created_at');
    expect(accountListQuerySchema.safeParse({ order: 'tenant_id' }).success).toBe(false);
  });

  it('refuses a website that a browser would run instead of open', () => {
`],
      ],
    },
    'packages/crm-backend/src/routes/accounts.ts': {
      replace: [["await accounts.order('name').order('id')", "await accounts\n      .order(query.order, { ascending: query.order === 'name' })\n      .order('id')\n      "]],
    },
    [paths.accountsSpec]: {
      replace: [["  it('filters by industry', async () => {\n", `  it('lists the newest first when asked to', async () => {
    await createAccount('ORD-1', 'Ordered Zebra');
    await createAccount('ORD-2', 'Ordered Aardvark');
    const names = async (query: string) => (await app.as(app.birchwood.member).get(\`/api/accounts?search=ord-\${query}\`)).items.map((item) => item['name']);
    expect(await names('')).toEqual(['Ordered Aardvark', 'Ordered Zebra']);
    await createAccount('ORD-3', 'Ordered Mole');
    expect(await names('&order=created_at')).toEqual(['Ordered Mole', 'Ordered Aardvark', 'Ordered Zebra']);
  });

  it('filters by industry', async () => {
`]],
    },
  },
};

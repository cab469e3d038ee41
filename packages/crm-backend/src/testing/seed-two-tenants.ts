import type { DatabaseClient } from '../database/database-client';
import type { AccessTokens } from '../services/access-tokens';

export interface TestUser {
  readonly id: string;
  readonly tenantId: string;
  readonly token: string;
}

/** One seeded tenant: two people, and one account with one contact. */
export interface TestTenant {
  readonly id: string;
  readonly slug: string;
  readonly admin: TestUser;
  readonly member: TestUser;
  readonly accountId: string;
  readonly contactId: string;
}

export interface TwoTenants {
  readonly birchwood: TestTenant;
  readonly cedar: TestTenant;
  /** At home in Birchwood, may act anywhere. */
  readonly superadmin: TestUser;
}

/** `n` in the last group, so that an id in a failure message can be told at sight. */
const uuid = (group: string, n: number) => `${group}-0000-4000-8000-${String(n).padStart(12, '0')}`;

export async function seedTwoTenants(database: DatabaseClient, tokens: AccessTokens): Promise<TwoTenants> {
  const birchwood = await seedTenant(database, tokens, {
    id: uuid('b1bc4000', 0), slug: 'birchwood', name: 'Birchwood Dental', accountNumber: 'BD-1001', account: 'Harbour School', contact: ['Ada', 'Nkemelu'],
  });
  const cedar = await seedTenant(database, tokens, {
    id: uuid('ceda4000', 0), slug: 'cedar', name: 'Cedar Logistics', accountNumber: 'CL-7001', account: 'Northgate Foods', contact: ['Tomas', 'Reyes'],
  });
  const superadmin = await seedUser(database, tokens, birchwood.id, 9, 'superadmin');
  return { birchwood, cedar, superadmin };
}

interface TenantSeed {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly accountNumber: string;
  readonly account: string;
  readonly contact: readonly [string, string];
}

async function seedTenant(database: DatabaseClient, tokens: AccessTokens, seed: TenantSeed): Promise<TestTenant> {
  const group = seed.id.slice(0, 8);
  const [accountId, contactId] = [uuid(group, 101), uuid(group, 201)];
  const [first_name, last_name] = seed.contact;
  await write(database.from('tenant').insert({ id: seed.id, slug: seed.slug, name: seed.name }));
  const admin = await seedUser(database, tokens, seed.id, 1, 'admin');
  const member = await seedUser(database, tokens, seed.id, 2, 'member');
  await write(
    database.from('accounts').insert({ id: accountId, tenant_id: seed.id, account_number: seed.accountNumber, name: seed.account }),
  );
  await write(
    database.from('contacts').insert({
      id: contactId, tenant_id: seed.id, account_id: accountId, first_name, last_name, email: `${first_name.toLowerCase()}@${seed.slug}.example`,
    }),
  );
  return { id: seed.id, slug: seed.slug, admin, member, accountId, contactId };
}

async function seedUser(
  database: DatabaseClient, tokens: AccessTokens, tenantId: string, n: number, role: 'member' | 'admin' | 'superadmin',
): Promise<TestUser> {
  const id = uuid(tenantId.slice(0, 8), n);
  await write(database.from('users').insert({ id, tenant_id: tenantId, email: `${role}.${n}@crm.example`, full_name: `${role} ${n}`, role }));
  return { id, tenantId, token: await tokens.sign({ sub: id, tenant_id: tenantId }) };
}

async function write(query: PromiseLike<{ readonly error: { readonly message: string } | null }>): Promise<void> {
  const { error } = await query;
  if (error) throw new Error(`Cannot seed: ${error.message}`);
}

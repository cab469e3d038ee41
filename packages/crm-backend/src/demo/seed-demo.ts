import type { Row } from '../database/connection';
import type { DatabaseClient } from '../database/database-client';
import { hashPassword } from '../services/passwords';
import { type DemoTenant, demoTenants, operationsEmail } from './demo-tenants';

const dayMs = 24 * 60 * 60_000;

/** `n` in the last group, so that an id in a log can be told at sight. */
const uuid = (tenant: DemoTenant, n: number) => `${tenant.group}-0000-4000-8000-${String(n).padStart(12, '0')}`;

/**
 * Two companies to look at, with people who all have the same password. Does nothing where the first of them exists, and
 * returns whether it did anything: data of a database that lasts is somebody's.
 */
export async function seedDemo(database: DatabaseClient, password: string, now: Date): Promise<boolean> {
  const existing = await written(database.from('tenant').select('id').in('slug', demoTenants.map(({ slug }) => slug)));
  if (existing.length > 0) return false;
  for (const tenant of demoTenants) await seedTenant(database, tenant, password, now);
  return true;
}

async function seedTenant(database: DatabaseClient, tenant: DemoTenant, password: string, now: Date): Promise<void> {
  const tenant_id = uuid(tenant, 0);
  const at = (days: number) => new Date(now.getTime() + days * dayMs).toISOString();
  await written(database.from('tenant').insert({ id: tenant_id, slug: tenant.slug, name: tenant.name, plan_code: 'team' }));
  await seedPeople(database, tenant, password);
  const accounts = tenant.accounts.map((name, n) => ({
    id: uuid(tenant, 101 + n), tenant_id, account_number: `${tenant.slug.slice(0, 1).toUpperCase()}-${1001 + n}`, name,
  }));
  await written(database.from('accounts').insert(accounts));
  const contacts = tenant.contacts.map(([first_name, last_name, job_title], n) => ({
    id: uuid(tenant, 201 + n), tenant_id, account_id: accounts[n % accounts.length]?.id, first_name, last_name, job_title,
    email: `${first_name.toLowerCase()}@${tenant.slug}.example`,
  }));
  await written(database.from('contacts').insert(contacts));
  const activities = tenant.calls.map((subject, n) => ({
    tenant_id, owner_id: uuid(tenant, 1), contact_id: contacts[n % contacts.length]?.id, type: 'call', subject, due_at: at(2 * n - 1),
  }));
  await written(database.from('activities').insert(activities));
  await written(database.from('leads').insert(tenant.leads.map(([first_name, last_name, company]) => ({ tenant_id, first_name, last_name, company, source: 'web' }))));
  const opportunities = tenant.deals.map(([name, stage, amount_cents], n) => ({
    tenant_id, owner_id: uuid(tenant, 1), account_id: accounts[n % accounts.length]?.id, name, stage, amount_cents, closes_at: at(30 + n),
  }));
  await written(database.from('opportunities').insert(opportunities));
  const [subject, body] = tenant.letter;
  await written(database.from('campaigns').insert({ tenant_id, name: subject, subject, body }));
}

async function seedPeople(database: DatabaseClient, tenant: DemoTenant, password: string): Promise<void> {
  const tenant_id = uuid(tenant, 0);
  const people = [
    { id: uuid(tenant, 1), tenant_id, email: `admin@${tenant.slug}.example`, full_name: tenant.admin, role: 'admin' },
    { id: uuid(tenant, 2), tenant_id, email: `member@${tenant.slug}.example`, full_name: tenant.member, role: 'member' },
    ...(tenant.hasOperations ? [{ id: uuid(tenant, 9), tenant_id, email: operationsEmail, full_name: 'Olu Perez', role: 'superadmin' }] : []),
  ];
  await written(database.from('users').insert(people));
  for (const { id } of people) await written(database.from('user_passwords').insert({ user_id: id, tenant_id, password_hash: await hashPassword(password) }));
}

async function written(query: PromiseLike<{ readonly data: readonly Row[] | null; readonly error: { readonly message: string } | null }>): Promise<readonly Row[]> {
  const { data, error } = await query;
  if (error) throw new Error(`Cannot seed the demo: ${error.message}`);
  return data ?? [];
}

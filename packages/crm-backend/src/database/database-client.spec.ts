import { startTestApp, type TestApp } from '../testing';
import type { TableName } from './schema';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const tenantTables: readonly TableName[] = [
  'users', 'accounts', 'contacts', 'activities', 'leads', 'opportunities', 'campaigns', 'campaign_recipients', 'audit_log',
];

describe('the service-role client', () => {
  it('sees every tenant: only a filter confines it', async () => {
    const { data } = await app.database.from('contacts').select('id').order('id');
    expect(data).toEqual([{ id: app.birchwood.contactId }, { id: app.cedar.contactId }]);
  });

  it('counts all matching rows besides the page', async () => {
    expect(await app.database.from('users').select('id', { count: 'exact' }).eq('tenant_id', app.cedar.id).order('id').limit(1)).toEqual({
      data: [{ id: app.cedar.admin.id }], error: null, count: 2,
    });
  });

  it('tells one row, none and several apart', async () => {
    const users = () => app.database.from('users').select('id');
    expect((await users().eq('id', app.cedar.admin.id).single()).data).toEqual({ id: app.cedar.admin.id });
    expect((await users().eq('email', 'nobody').maybeSingle()).data).toBeNull();
    expect((await users().eq('email', 'nobody').single()).error).toMatchObject({ code: 'PGRST116' });
    expect((await users().eq('tenant_id', app.cedar.id).maybeSingle()).error).toMatchObject({ code: 'PGRST116' });
  });

  it('undoes a write that hit more rows than it promised', async () => {
    const { error } = await app.database.from('users').update({ full_name: 'Everybody' }).eq('tenant_id', app.cedar.id).select().single();
    expect(error).toMatchObject({ code: 'PGRST116' });
    const { data } = await app.database.from('users').select('id').eq('full_name', 'Everybody');
    expect(data).toEqual([]);
  });

  it('hands back what the database refuses as data', async () => {
    const refused = await app.database.from('contacts').insert({ tenant_id: app.cedar.id, first_name: 'No surname' });
    expect(refused).toMatchObject({ data: null, error: { code: '23502' }, count: null });
    const again = await app.database.from('users').insert({ tenant_id: app.cedar.id, email: 'ADMIN.1@crm.example', full_name: 'Twin' });
    expect(again.error).toMatchObject({ code: '23505', constraint: 'users_tenant_email_key' });
    expect((await app.database.from('users').select().eq('id', 'not a uuid')).error).toMatchObject({ code: '22P02' });
  });

  it('gives points in time as ISO text', async () => {
    const { data } = await app.database.from('users').select('created_at').eq('id', app.cedar.admin.id).single();
    expect(data?.['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

describe('the authenticated client', () => {
  beforeAll(async () => {
    for (const { id, member, contactId } of [app.birchwood, app.cedar]) {
      await app.database.from('activities').insert({ tenant_id: id, owner_id: member.id, type: 'call', subject: 'Seeded' });
      await app.database.from('leads').insert({ tenant_id: id, first_name: 'Seeded', last_name: 'Lead' });
      await app.database.from('opportunities').insert({ tenant_id: id, owner_id: member.id, name: 'Seeded' });
      await app.database.from('campaigns').insert({ id: contactId, tenant_id: id, name: 'Seeded', subject: 'Seeded', body: 'Seeded' });
      await app.database.from('campaign_recipients').insert({ tenant_id: id, campaign_id: contactId, contact_id: contactId, email: 'seeded@crm.example' });
      await app.database.from('audit_log').insert({ tenant_id: id, actor_id: member.id, action: 'contacts.seeded', subject_id: contactId });
    }
  });

  it.each(tenantTables)('sees the rows of its own tenant in %s, and no others', async (table) => {
    const { data } = await app.databaseAs(app.cedar.member).from(table).select('tenant_id');
    expect(new Set(data?.map((row) => row['tenant_id']))).toEqual(new Set([app.cedar.id]));
  });

  it('sees its own tenant, and the plans that belong to nobody', async () => {
    const cedar = app.databaseAs(app.cedar.member);
    expect((await cedar.from('tenant').select('slug')).data).toEqual([{ slug: 'cedar' }]);
    expect((await cedar.from('plans').select('code').order('max_users')).data).toEqual([{ code: 'starter' }, { code: 'team' }, { code: 'business' }]);
  });

  it('finds nothing to change or delete in another tenant', async () => {
    const cedar = app.databaseAs(app.cedar.admin);
    const changed = await cedar.from('contacts').update({ last_name: 'Taken' }).eq('id', app.birchwood.contactId).select('id');
    const deleted = await cedar.from('accounts').delete().eq('tenant_id', app.birchwood.id).select('id');
    expect([changed.data, deleted.data]).toEqual([[], []]);
  });

  it('cannot put a row into another tenant, nor move one there', async () => {
    const cedar = app.databaseAs(app.cedar.admin);
    const inserted = await cedar.from('contacts').insert({ tenant_id: app.birchwood.id, first_name: 'Planted', last_name: 'Row' });
    const moved = await cedar.from('contacts').update({ tenant_id: app.birchwood.id, account_id: null }).eq('id', app.cedar.contactId);
    expect([inserted.error, moved.error]).toMatchObject([{ code: '42501' }, { code: '42501' }]);
  });

  it.each(['users', 'tenant', 'plans'] as const)('cannot write %s at all', async (table) => {
    const column = table === 'users' ? 'full_name' : 'name';
    const { error } = await app.databaseAs(app.cedar.admin).from(table).update({ [column]: 'Mine' }).neq(column, '');
    expect(error).toMatchObject({ code: '42501' });
  });

  it.each(['audit_log', 'campaign_recipients'] as const)('reads %s and writes nothing there', async (table) => {
    const { error } = await app.databaseAs(app.cedar.admin).from(table).update({ created_at: '2026-01-01T00:00:00Z' }).eq('tenant_id', app.cedar.id);
    expect(error).toMatchObject({ code: '42501' });
  });

  it('sees no password, not even its own', async () => {
    const { error } = await app.databaseAs(app.cedar.admin).from('user_passwords').select('user_id');
    expect(error).toMatchObject({ code: '42501' });
  });

  it('leaves no claims behind for the next user of the connection', async () => {
    await app.databaseAs(app.cedar.member).from('contacts').select('id');
    const { data } = await app.databaseAs(app.birchwood.member).from('contacts').select('id');
    expect(data).toEqual([{ id: app.birchwood.contactId }]);
  });
});

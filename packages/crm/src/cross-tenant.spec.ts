import { type ApiClient, startTestApp, type TestApp } from '@aisha/crm-backend/testing';
import { activitySchema, contactSchema, listResponse } from '@aisha/crm-contracts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

/** A working day of one tenant: an account, a contact on it, a call with the contact. */
async function work(client: ApiClient, word: string): Promise<Readonly<Record<'account' | 'contact' | 'activity', string>>> {
  const account = await client.post('/api/accounts', { account_number: `${word}-1`, name: `${word} Account` });
  const contact = await client.post('/api/contacts', { first_name: word, last_name: 'Contact', account_id: account.item['id'] });
  const activity = await client.post('/api/activities', {
    type: 'call', subject: `${word} call`, contact_id: contact.item['id'], due_at: '2026-03-04T10:00:00Z',
  });
  expect([account.status, contact.status, activity.status]).toEqual([201, 201, 201]);
  return { account: String(account.item['id']), contact: String(contact.item['id']), activity: String(activity.item['id']) };
}

describe('two tenants on one backend', () => {
  let birchwood: Awaited<ReturnType<typeof work>>;
  let cedar: Awaited<ReturnType<typeof work>>;
  beforeAll(async () => {
    birchwood = await work(app.as(app.birchwood.member), 'QUILL');
    cedar = await work(app.as(app.cedar.member), 'OSIER');
  });

  it('each list their own work and nothing else', async () => {
    const contacts = listResponse(contactSchema).parse((await app.as(app.cedar.member).get('/api/contacts')).body);
    expect(contacts.data.map(({ id }) => id).sort()).toEqual([app.cedar.contactId, cedar.contact].sort());
    const activities = listResponse(activitySchema).parse((await app.as(app.birchwood.member).get('/api/activities')).body);
    expect(activities.data.map(({ id }) => id)).toEqual([birchwood.activity]);
  });

  it('find nothing of each other by searching', async () => {
    for (const path of ['/api/contacts?search=quill', '/api/accounts?search=quill']) {
      expect((await app.as(app.cedar.admin).get(path)).items).toEqual([]);
      expect((await app.as(app.birchwood.admin).get(path)).items).toHaveLength(1);
    }
  });

  it('cannot build on each other’s records', async () => {
    const client = app.as(app.cedar.admin);
    const contact = await client.post('/api/contacts', { first_name: 'Stray', last_name: 'Link', account_id: birchwood.account });
    const activity = await client.post('/api/activities', { type: 'task', subject: 'Stray', contact_id: birchwood.contact });
    expect([contact.status, activity.status]).toEqual([409, 409]);
  });

  it('cannot change or delete each other’s records', async () => {
    const client = app.as(app.cedar.admin);
    const paths = [`/api/accounts/${birchwood.account}`, `/api/contacts/${birchwood.contact}`, `/api/activities/${birchwood.activity}`];
    const changes = [{ name: 'Taken' }, { last_name: 'Taken' }, { subject: 'Taken' }];
    for (const [i, path] of paths.entries()) {
      expect((await client.patch(path, changes[i])).status).toBe(404);
      expect((await client.delete(path)).status).toBe(404);
      expect((await app.as(app.birchwood.member).get(path)).status).toBe(200);
    }
  });
});

describe('naming another tenant', () => {
  it.each([
    ['in the header by id', (_own: ApiClient, named: ApiClient) => named.get('/api/contacts')],
    ['in the query string by slug', (own: ApiClient) => own.get('/api/contacts?tenant_id=birchwood')],
    ['in the body', (own: ApiClient) => own.post('/api/contacts', { tenant_id: app.birchwood.id, first_name: 'A', last_name: 'B' })],
    ['that does not exist', (own: ApiClient) => own.get('/api/contacts?tenant_id=elm')],
  ])('is refused %s', async (_how, call) => {
    const response = await call(app.as(app.cedar.admin), app.as(app.cedar.admin, { 'x-tenant-id': app.birchwood.id }));
    expect(response.status).toBe(403);
    expect(response.body).toMatchObject({ error: { code: 'forbidden', message: 'No access to this tenant.' } });
  });

  it('is refused when the request names two', async () => {
    const response = await app.as(app.superadmin, { 'x-tenant-id': 'cedar' }).get('/api/contacts?tenant_id=birchwood');
    expect(response.status).toBe(400);
  });

  it('is what a superadmin may do', async () => {
    const { items } = await app.as(app.superadmin, { 'x-tenant-id': 'cedar' }).get('/api/accounts');
    expect(items.map((item) => item['id'])).toContain(app.cedar.accountId);
    expect(items.map((item) => item['id'])).not.toContain(app.birchwood.accountId);
  });
});

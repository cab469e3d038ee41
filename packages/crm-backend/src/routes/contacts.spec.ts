import { contactSchema, errorEnvelopeSchema, itemResponse, listResponse } from '@aisha/crm-contracts';
import { startTestApp, type TestApp } from '../testing';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const createContact = async (contact: object) => (await app.as(app.birchwood.member).post('/api/contacts', contact)).item['id'];

describe('POST /api/contacts', () => {
  it('creates a contact in the caller’s tenant and answers with it', async () => {
    const response = await app.as(app.birchwood.member).post('/api/contacts', {
      first_name: 'Ines', last_name: 'Okafor', email: ' Ines@Example.org', phone: '+44 20 7946 0018', account_id: app.birchwood.accountId,
    });
    expect(response.status).toBe(201);
    expect(itemResponse(contactSchema).parse(response.body).data).toMatchObject({
      first_name: 'Ines', email: 'ines@example.org', phone: '+442079460018', account_id: app.birchwood.accountId, archived_at: null,
    });
    const { data } = await app.database.from('contacts').select('tenant_id').eq('id', response.item['id']).single();
    expect(data).toEqual({ tenant_id: app.birchwood.id });
  });

  it('names every fault of a body at once', async () => {
    const response = await app.as(app.birchwood.member).post('/api/contacts', { first_name: '', email: 'nobody' });
    expect(response.status).toBe(400);
    const { error } = errorEnvelopeSchema.parse(response.body);
    expect(error.details?.map(({ path }) => path).sort()).toEqual(['email', 'first_name', 'last_name']);
  });

  it('refuses an address that the tenant already has, in whatever case', async () => {
    const response = await app.as(app.birchwood.member).post('/api/contacts', {
      first_name: 'Other', last_name: 'Ada', email: 'ADA@birchwood.example',
    });
    expect(response.status).toBe(409);
    expect(app.logged.map(({ message }) => message)).toContain('[ContactsRoute] insert refused');
  });

  it('takes an address that another tenant has', async () => {
    const response = await app.as(app.cedar.member).post('/api/contacts', {
      first_name: 'Ada', last_name: 'Nkemelu', email: 'ada@birchwood.example',
    });
    expect(response.status).toBe(201);
  });

  it('refuses an account of another tenant', async () => {
    const response = await app.as(app.birchwood.member).post('/api/contacts', {
      first_name: 'Ines', last_name: 'Okafor', account_id: app.cedar.accountId,
    });
    expect(response.status).toBe(409);
  });
});

describe('GET /api/contacts', () => {
  it('pages through the list by name, every contact once', async () => {
    for (const last_name of ['Alder', 'Beech', 'Chestnut', 'Dogwood']) await createContact({ first_name: 'Paged', last_name });
    const pages = await Promise.all(
      [0, 2, 4].map((offset) => app.as(app.birchwood.member).get(`/api/contacts?search=paged&limit=2&offset=${offset}`)),
    );
    expect(pages.map(({ items }) => items.map((item) => item['last_name']))).toEqual([['Alder', 'Beech'], ['Chestnut', 'Dogwood'], []]);
    expect(listResponse(contactSchema).parse(pages[2]?.body).page).toEqual({ total: 4, limit: 2, offset: 4 });
  });

  it('takes wildcards in a search literally', async () => {
    await createContact({ first_name: '100%', last_name: 'Wool_works, "Ltd"' });
    const search = async (text: string) =>
      (await app.as(app.birchwood.member).get(`/api/contacts?search=${encodeURIComponent(text)}`)).items.length;
    expect(await search('100%')).toBe(1);
    expect(await search('wool_works, "l')).toBe(1);
    expect(await search('1%0')).toBe(0);
    expect(await search('woolXworks')).toBe(0);
  });

  it('leaves archived contacts out until they are asked for', async () => {
    const id = await createContact({ first_name: 'Gone', last_name: 'Away' });
    await app.as(app.birchwood.member).patch(`/api/contacts/${id}`, { archived: true });
    const current = await app.as(app.birchwood.member).get('/api/contacts?search=gone');
    const all = await app.as(app.birchwood.member).get('/api/contacts?search=gone&include_archived=true');
    expect(current.items).toEqual([]);
    expect(all.items).toMatchObject([{ id, archived_at: '2026-03-02T09:00:00.000Z' }]);
  });

  it('shows a tenant its own contacts only', async () => {
    const { items } = await app.as(app.cedar.member).get('/api/contacts?limit=100');
    expect(items.map((item) => item['id'])).toContain(app.cedar.contactId);
    expect(items.map((item) => item['id'])).not.toContain(app.birchwood.contactId);
  });

  it.each(['limit=0', 'offset=-1', 'order=tenant_id', 'account_id=1'])('refuses ?%s', async (query) => {
    expect((await app.as(app.birchwood.member).get(`/api/contacts?${query}`)).status).toBe(400);
  });
});

describe('one contact', () => {
  it('is read by id', async () => {
    const response = await app.as(app.birchwood.member).get(`/api/contacts/${app.birchwood.contactId}`);
    expect(response.status).toBe(200);
    expect(response.item).toMatchObject({ id: app.birchwood.contactId, last_name: 'Nkemelu' });
    expect(response.item).not.toHaveProperty('tenant_id');
  });

  it('is changed where the patch says so, and nowhere else', async () => {
    const id = await createContact({ first_name: 'Pat', last_name: 'Quill', email: 'pat@quill.example' });
    const response = await app.as(app.birchwood.member).patch(`/api/contacts/${id}`, { last_name: 'Quilling' });
    expect(response.item).toMatchObject({ first_name: 'Pat', last_name: 'Quilling', email: 'pat@quill.example' });
  });

  it('is gone once deleted', async () => {
    const id = await createContact({ first_name: 'Del', last_name: 'Eted' });
    expect((await app.as(app.birchwood.member).delete(`/api/contacts/${id}`)).status).toBe(204);
    expect((await app.as(app.birchwood.member).get(`/api/contacts/${id}`)).status).toBe(404);
    expect((await app.as(app.birchwood.member).delete(`/api/contacts/${id}`)).status).toBe(404);
  });

  it('is never changed or deleted from another tenant', async () => {
    const path = `/api/contacts/${app.birchwood.contactId}`;
    expect((await app.as(app.cedar.admin).patch(path, { last_name: 'Taken' })).status).toBe(404);
    expect((await app.as(app.cedar.admin).delete(path)).status).toBe(404);
    expect((await app.as(app.birchwood.member).get(path)).item['last_name']).toBe('Nkemelu');
  });

  it.each([['an id that is none', 'forty-two', 400], ['an unknown id', '00000000-0000-4000-8000-000000000000', 404]])(
    'answers %s with its own status', async (_case, id, status) => {
      expect((await app.as(app.birchwood.member).get(`/api/contacts/${id}`)).status).toBe(status);
    },
  );
});

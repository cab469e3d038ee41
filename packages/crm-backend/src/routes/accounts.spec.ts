import { accountSchema, itemResponse } from '@aisha/crm-contracts';
import { startTestApp, type TestApp } from '../testing';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const createAccount = (account_number: string, name: string) =>
  app.as(app.birchwood.member).post('/api/accounts', { account_number, name });

describe('POST /api/accounts', () => {
  it('creates an account in the caller’s tenant', async () => {
    const response = await createAccount('bd-2001', 'Quayside Clinic');
    expect(response.status).toBe(201);
    expect(itemResponse(accountSchema).parse(response.body).data).toMatchObject({ account_number: 'BD-2001', name: 'Quayside Clinic', industry: null });
    expect((await app.as(app.cedar.member).get(`/api/accounts/${response.item['id']}`)).status).toBe(404);
  });

  it('refuses a number the tenant already uses', async () => {
    const response = await createAccount('BD-1001', 'Second Harbour School');
    expect(response.status).toBe(409);
    expect(response.body).toMatchObject({ status: 'error', error: { code: 'conflict' } });
  });

  it('refuses a number that is none', async () => {
    expect((await createAccount('no spaces', 'Quayside Clinic')).status).toBe(400);
  });
});

describe('GET /api/accounts', () => {
  it('finds by name and by number, within the tenant', async () => {
    await createAccount('BD-3001', 'Lantern Books');
    const search = async (text: string) => (await app.as(app.birchwood.member).get(`/api/accounts?search=${text}`)).items.map((item) => item['name']);
    expect(await search('lantern')).toEqual(['Lantern Books']);
    expect(await search('3001')).toEqual(['Lantern Books']);
    expect(await search('northgate')).toEqual([]);
  });

  it('filters by industry', async () => {
    const { item } = await createAccount('BD-3002', 'Tidewater Foods');
    await app.as(app.birchwood.member).patch(`/api/accounts/${item['id']}`, { industry: 'Food' });
    const { items } = await app.as(app.birchwood.member).get('/api/accounts?industry=Food');
    expect(items).toMatchObject([{ name: 'Tidewater Foods', industry: 'Food' }]);
  });
});

describe('one account', () => {
  it('is changed within its tenant and out of reach of another', async () => {
    const path = `/api/accounts/${app.birchwood.accountId}`;
    expect((await app.as(app.cedar.admin).patch(path, { name: 'Taken' })).status).toBe(404);
    expect((await app.as(app.cedar.admin).delete(path)).status).toBe(404);
    expect((await app.as(app.birchwood.admin).patch(path, { website: 'https://harbour.example' })).item).toMatchObject({
      name: 'Harbour School', website: 'https://harbour.example',
    });
  });

  it('stays while contacts hang on it, and goes when none does', async () => {
    expect((await app.as(app.birchwood.admin).delete(`/api/accounts/${app.birchwood.accountId}`)).status).toBe(409);
    const { item } = await createAccount('BD-3003', 'Empty Ltd');
    expect((await app.as(app.birchwood.admin).delete(`/api/accounts/${item['id']}`)).status).toBe(204);
    expect((await app.as(app.birchwood.admin).get(`/api/accounts/${item['id']}`)).status).toBe(404);
  });
});

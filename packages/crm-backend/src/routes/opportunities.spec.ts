import { itemResponse, opportunitySchema, pipelineReportSchema } from '@aisha/crm-contracts';
import { startTestApp, type TestApp, type TestUser } from '../testing';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const create = (opportunity: object) => app.as(app.birchwood.member).post('/api/opportunities', opportunity);
const pipeline = async (user: TestUser) =>
  itemResponse(pipelineReportSchema).parse((await app.as(user).get('/api/reports/pipeline')).body).data;

describe('POST /api/opportunities', () => {
  it('creates a prospect that belongs to whoever creates it', async () => {
    const response = await create({ name: 'Two chairs', account_id: app.birchwood.accountId, closes_at: '2026-04-01T00:00:00+02:00' });
    expect(response.status).toBe(201);
    expect(itemResponse(opportunitySchema).parse(response.body).data).toMatchObject({
      owner_id: app.birchwood.member.id, stage: 'prospect', amount_cents: 0, closes_at: '2026-03-31T22:00:00.000Z',
    });
  });

  it.each([
    ['account', () => ({ account_id: app.cedar.accountId })],
    ['owner', () => ({ owner_id: app.cedar.member.id })],
  ])('refuses an %s of another tenant', async (_what, foreign) => {
    expect((await create({ name: 'Trespass', ...foreign() })).status).toBe(409);
  });
});

describe('GET /api/opportunities', () => {
  it('filters by stage, account and name', async () => {
    await create({ name: 'Crown mill', stage: 'negotiation' });
    const names = async (query: string) => (await app.as(app.birchwood.member).get(`/api/opportunities?${query}`)).items.map((item) => item['name']);
    expect(await names('stage=negotiation')).toEqual(['Crown mill']);
    expect(await names(`account_id=${app.birchwood.accountId}`)).toEqual(['Two chairs']);
    expect(await names('search=crown')).toEqual(['Crown mill']);
    expect((await app.as(app.cedar.member).get('/api/opportunities')).items).toEqual([]);
  });
});

describe('GET /api/reports/pipeline', () => {
  it('follows every change at once, tenant by tenant', async () => {
    const before = (await pipeline(app.birchwood.member)).open_amount_cents;
    const { item } = await create({ name: 'Scanner', stage: 'proposal', amount_cents: 1_250_000 });
    expect((await pipeline(app.birchwood.member)).open_amount_cents).toBe(before + 1_250_000);
    await app.as(app.birchwood.member).patch(`/api/opportunities/${item['id']}`, { stage: 'won' });
    const won = await pipeline(app.birchwood.member);
    expect(won.open_amount_cents).toBe(before);
    expect(won.stages).toContainEqual({ stage: 'won', count: 1, amount_cents: 1_250_000 });
    await app.as(app.birchwood.member).delete(`/api/opportunities/${item['id']}`);
    expect((await pipeline(app.birchwood.member)).stages).toContainEqual({ stage: 'won', count: 0, amount_cents: 0 });
    expect((await pipeline(app.cedar.member)).open_amount_cents).toBe(0);
  });

  it('is kept in the cache under the tenant’s name, and not in the memory', async () => {
    await pipeline(app.cedar.member);
    expect(await app.stores.cache.keysWith(`cache:${app.cedar.id}:pipeline:`)).toHaveLength(1);
    expect(await app.stores.memory.keysWith('cache:')).toEqual([]);
  });
});

describe('one opportunity', () => {
  it('is out of reach of another tenant', async () => {
    const { item } = await create({ name: 'Private deal' });
    const path = `/api/opportunities/${item['id']}`;
    const stranger = app.as(app.cedar.admin);
    const answers = [await stranger.get(path), await stranger.patch(path, { name: 'Taken' }), await stranger.delete(path)];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await app.as(app.birchwood.member).delete(path)).status).toBe(204);
    expect((await app.as(app.birchwood.member).get(path)).status).toBe(404);
  });

  it('leaves a trace when it is won', async () => {
    const { item } = await create({ name: 'Traced' });
    await app.as(app.birchwood.member).patch(`/api/opportunities/${item['id']}`, { stage: 'won' });
    const { items } = await app.as(app.birchwood.admin).get(`/api/audit?subject_id=${item['id']}`);
    expect(items).toMatchObject([{ action: 'opportunities.won', actor_id: app.birchwood.member.id }]);
  });
});

import { activitySchema, activityStatsSchema, itemResponse } from '@aisha/crm-contracts';
import { startTestApp, type TestApp } from '../testing';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const plan = (subject: string, due_at: string | null, more: object = {}) =>
  app.as(app.birchwood.member).post('/api/activities', { type: 'call', subject, due_at, ...more });
const subjects = async (query: string) =>
  (await app.as(app.birchwood.member).get(`/api/activities?${query}`)).items.map((item) => item['subject']);

describe('POST /api/activities', () => {
  it('plans an activity for whoever creates it', async () => {
    const response = await plan('Recall patient', '2026-03-10T10:00:00+01:00', { contact_id: app.birchwood.contactId });
    expect(response.status).toBe(201);
    expect(itemResponse(activitySchema).parse(response.body).data).toMatchObject({
      owner_id: app.birchwood.member.id, status: 'planned', due_at: '2026-03-10T09:00:00.000Z', completed_at: null,
    });
  });

  it.each([
    ['contact', () => ({ contact_id: app.cedar.contactId })],
    ['owner', () => ({ owner_id: app.cedar.member.id })],
  ])('refuses a %s of another tenant', async (_what, foreign) => {
    expect((await plan('Trespass', null, foreign())).status).toBe(409);
  });
});

describe('GET /api/activities', () => {
  it('keeps to a window of days', async () => {
    await plan('Before', '2026-04-27T12:00:00Z');
    await plan('First', '2026-05-01T00:00:00Z');
    await plan('Middle', '2026-05-12T15:30:00Z');
    await plan('After', '2026-06-02T08:00:00Z');
    expect(await subjects('due_from=2026-05-01&due_to=2026-05-31')).toEqual(['First', 'Middle']);
    expect(await subjects('due_from=2026-06-01')).toEqual(['After']);
  });

  it('filters by type, status and owner', async () => {
    await plan('Send offer', null, { type: 'email', owner_id: app.birchwood.admin.id });
    expect(await subjects('type=email')).toEqual(['Send offer']);
    expect(await subjects(`owner_id=${app.birchwood.admin.id}&status=planned`)).toEqual(['Send offer']);
    expect(await subjects('type=email&status=cancelled')).toEqual([]);
  });

  it.each(['due_from=yesterday', 'type=fax', 'status=late'])('refuses ?%s', async (query) => {
    expect((await app.as(app.birchwood.member).get(`/api/activities?${query}`)).status).toBe(400);
  });

  it('shows nothing of another tenant', async () => {
    await plan('Private matter', '2026-05-03T09:00:00Z');
    expect((await app.as(app.cedar.member).get('/api/activities')).items).toEqual([]);
  });
});

describe('one activity', () => {
  it('is completed once, and reopened by giving it a status', async () => {
    const { item } = await plan('Call back', '2026-07-01T09:00:00Z');
    const path = `/api/activities/${item['id']}`;
    expect((await app.as(app.birchwood.member).post(`${path}/complete`)).item).toMatchObject({
      status: 'done', completed_at: '2026-03-02T09:00:00.000Z',
    });
    expect((await app.as(app.birchwood.member).post(`${path}/complete`)).status).toBe(404);
    expect((await app.as(app.birchwood.member).patch(path, { status: 'planned' })).item).toMatchObject({ status: 'planned', completed_at: null });
  });

  it('is out of reach of another tenant', async () => {
    const { item } = await plan('Private call', '2026-07-02T09:00:00Z');
    const path = `/api/activities/${item['id']}`;
    const stranger = app.as(app.cedar.admin);
    const answers = [
      await stranger.get(path), await stranger.patch(path, { subject: 'Taken' }), await stranger.post(`${path}/complete`), await stranger.delete(path),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await app.as(app.birchwood.member).delete(path)).status).toBe(204);
  });
});

describe('GET /api/activities/stats', () => {
  it('sums up what is planned, overdue and done', async () => {
    await plan('Soon', '2026-03-03T09:00:00Z');
    const before = (await app.as(app.birchwood.member).get('/api/activities/stats')).item;
    await plan('Long overdue', '2026-01-05T09:00:00Z', { type: 'task' });
    const response = await app.as(app.birchwood.member).get('/api/activities/stats');
    const stats = itemResponse(activityStatsSchema).parse(response.body).data;
    expect(stats.next_due).toMatchObject({ subject: 'Long overdue', due_at: '2026-01-05T09:00:00.000Z' });
    expect(stats.planned).toBe(Number(before['planned']) + 1);
    expect(stats.overdue).toBe(Number(before['overdue']) + 1);
  });
});

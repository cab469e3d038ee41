import { campaignProgressSchema, campaignSchema, itemResponse } from '@aisha/crm-contracts';
import { startTestApp, type TestApp } from '../testing';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const letter = { name: 'Spring recall', subject: 'Time for a check-up', body: 'Dear patient' };
const draft = async () => String((await app.as(app.birchwood.member).post('/api/campaigns', letter)).item['id']);

describe('a draft', () => {
  it('is written, changed and thrown away within its tenant', async () => {
    const response = await app.as(app.birchwood.member).post('/api/campaigns', letter);
    expect(itemResponse(campaignSchema).parse(response.body).data).toMatchObject({ ...letter, status: 'draft', started_at: null });
    const path = `/api/campaigns/${response.item['id']}`;
    expect((await app.as(app.birchwood.member).patch(path, { subject: 'See you soon' })).item['subject']).toBe('See you soon');
    const stranger = app.as(app.cedar.admin);
    const answers = [
      await stranger.get(path), await stranger.get(`${path}/progress`), await stranger.patch(path, { subject: 'Taken' }),
      await stranger.post(`${path}/start`), await stranger.delete(path),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await app.as(app.birchwood.member).delete(path)).status).toBe(204);
    expect((await app.as(app.birchwood.member).get('/api/campaigns?status=draft')).items).toEqual([]);
  });
});

describe('POST /api/campaigns/:id/start', () => {
  it('is for administrators', async () => {
    expect((await app.as(app.birchwood.member).post(`/api/campaigns/${await draft()}/start`)).status).toBe(403);
  });

  it('addresses every current contact with an address, once', async () => {
    const archived = await app.as(app.birchwood.member).post('/api/contacts', { first_name: 'Ar', last_name: 'Chived', email: 'ar@chived.example' });
    await app.as(app.birchwood.member).patch(`/api/contacts/${archived.item['id']}`, { archived: true });
    await app.as(app.birchwood.member).post('/api/contacts', { first_name: 'No', last_name: 'Address' });
    const id = await draft();
    const started = await app.as(app.birchwood.admin).post(`/api/campaigns/${id}/start`);
    expect(started.item).toMatchObject({ status: 'sending', started_at: '2026-03-02T09:00:00.000Z' });
    const progress = itemResponse(campaignProgressSchema).parse((await app.as(app.birchwood.member).get(`/api/campaigns/${id}/progress`)).body).data;
    expect(progress).toEqual({ total: 1, waiting: 1, sent: 0, failed: 0 });
    expect((await app.as(app.birchwood.admin).post(`/api/campaigns/${id}/start`)).status).toBe(404);
  });

  it('leaves a started campaign as it is', async () => {
    const id = await draft();
    await app.as(app.birchwood.admin).post(`/api/campaigns/${id}/start`);
    expect((await app.as(app.birchwood.admin).patch(`/api/campaigns/${id}`, { body: 'Changed' })).status).toBe(404);
    expect((await app.as(app.birchwood.admin).delete(`/api/campaigns/${id}`)).status).toBe(404);
    const { items } = await app.as(app.birchwood.admin).get(`/api/audit?subject_id=${id}`);
    expect(items).toMatchObject([{ action: 'campaigns.started', actor_id: app.birchwood.admin.id }]);
  });

  it('needs somebody to write to', async () => {
    await app.as(app.cedar.admin).patch(`/api/contacts/${app.cedar.contactId}`, { email: null });
    const { item } = await app.as(app.cedar.member).post('/api/campaigns', letter);
    expect((await app.as(app.cedar.admin).post(`/api/campaigns/${item['id']}/start`)).status).toBe(409);
  });
});

import { draftSchema, itemResponse, suggestionSchema } from '@aisha/crm-contracts';
import { z } from 'zod';
import { startTestApp, type TestApp } from '../testing';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const write = (contact_id: string) => app.as(app.cedar.member).post('/api/ai/drafts', { contact_id, purpose: 'follow_up' });

describe('drafts', () => {
  it('speak to the contact, and are kept for the person who asked', async () => {
    const response = await write(app.cedar.contactId);
    const draft = itemResponse(draftSchema).parse(response.body).data;
    expect(draft).toMatchObject({ contact_id: app.cedar.contactId, written_by: 'template', written_at: '2026-03-02T09:00:00.000Z' });
    expect(draft.body).toMatch(/^Dear Tomas,.*Northgate Foods.*Cedar Logistics$/s);
    const kept = async (user: typeof app.cedar.admin) => itemResponse(z.array(draftSchema)).parse((await app.as(user).get('/api/ai/drafts')).body).data;
    expect(await kept(app.cedar.member)).toEqual([draft]);
    expect(await kept(app.cedar.admin)).toEqual([]);
  });

  it('are working memory, not cache', async () => {
    await write(app.cedar.contactId);
    expect(await app.stores.memory.keysWith('memory:drafts:')).toEqual([`memory:drafts:${app.cedar.id}:${app.cedar.member.id}`]);
    expect(await app.stores.cache.keysWith('memory:')).toEqual([]);
  });

  it('are not written to a contact of another tenant', async () => {
    expect((await write(app.birchwood.contactId)).status).toBe(404);
  });

  it.each([{ purpose: 'follow_up' }, { contact_id: 'x', purpose: 'spam' }])('are refused for %j', async (body) => {
    expect((await app.as(app.cedar.member).post('/api/ai/drafts', body)).status).toBe(400);
  });
});

describe('suggestions', () => {
  it('name what is overdue in the caller’s tenant', async () => {
    await app.as(app.cedar.member).post('/api/activities', { type: 'call', subject: 'Chase the offer', due_at: '2026-02-20T09:00:00Z' });
    const ask = async (user: typeof app.cedar.member) => itemResponse(z.array(suggestionSchema)).parse((await app.as(user).get('/api/ai/suggestions')).body).data;
    expect(await ask(app.cedar.member)).toMatchObject([{ kind: 'overdue_activity', text: 'Overdue: Chase the offer' }]);
    expect(await ask(app.birchwood.member)).toEqual([]);
  });
});

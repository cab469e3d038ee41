import { itemResponse, sessionSchema } from '@aisha/crm-contracts';
import { startTestApp, type TestApp } from '../testing';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

describe('GET /api/users/me', () => {
  it('says who is signed in, where, and on which plan', async () => {
    const response = await app.as(app.cedar.member).get('/api/users/me');
    expect(itemResponse(sessionSchema).parse(response.body).data).toMatchObject({
      user: { id: app.cedar.member.id, role: 'member', status: 'active' },
      tenant: { slug: 'cedar', plan: { code: 'starter', name: 'Starter' } },
    });
  });
});

describe('users of a tenant', () => {
  it('are listed to everybody in it, and to nobody else', async () => {
    const { items } = await app.as(app.cedar.member).get('/api/users');
    expect(items.map((item) => item['id'])).toEqual([app.cedar.admin.id, app.cedar.member.id]);
    expect((await app.as(app.cedar.admin).get(`/api/users/${app.birchwood.member.id}`)).status).toBe(404);
  });

  it('are managed by administrators only', async () => {
    const member = app.as(app.cedar.member);
    const path = `/api/users/${app.cedar.admin.id}`;
    const answers = [
      await member.post('/api/users', { email: 'new@cedar.example', full_name: 'New' }),
      await member.patch(path, { role: 'member' }),
      await member.post(`${path}/deactivate`),
      await member.post(`${path}/reactivate`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('are out of reach of another tenant’s administrator', async () => {
    const stranger = app.as(app.cedar.admin);
    const path = `/api/users/${app.birchwood.member.id}`;
    expect((await stranger.patch(path, { role: 'admin' })).status).toBe(404);
    expect((await stranger.post(`${path}/deactivate`)).status).toBe(404);
  });

  it('get a new role at their next request', async () => {
    const { item } = await app.as(app.cedar.admin).post('/api/users', { email: 'lee@cedar.example', full_name: 'Lee Park' });
    const lee = await app.signIn(String(item['id']), app.cedar.id);
    expect((await app.as(lee).post('/api/users', { email: 'x@cedar.example', full_name: 'X' })).status).toBe(403);
    await app.as(app.cedar.admin).patch(`/api/users/${lee.id}`, { role: 'admin' });
    expect((await app.as(lee).post('/api/users', { email: 'x@cedar.example', full_name: 'X' })).status).toBe(201);
  });

  it('cannot sign in while deactivated', async () => {
    const { item } = await app.as(app.cedar.admin).post('/api/users', { email: 'kim@cedar.example', full_name: 'Kim Roth' });
    const kim = await app.signIn(String(item['id']), app.cedar.id);
    expect((await app.as(app.cedar.admin).post(`/api/users/${kim.id}/deactivate`)).item).toMatchObject({ status: 'deactivated' });
    expect((await app.as(kim).get('/api/users/me')).status).toBe(401);
    await app.as(app.cedar.admin).post(`/api/users/${kim.id}/reactivate`);
    expect((await app.as(kim).get('/api/users/me')).status).toBe(200);
  });

  it('do not lock themselves out', async () => {
    expect((await app.as(app.cedar.admin).post(`/api/users/${app.cedar.admin.id}/deactivate`)).status).toBe(409);
  });
});

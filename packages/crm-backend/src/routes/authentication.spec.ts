import { itemResponse, signInSchema, tenantSchema } from '@aisha/crm-contracts';
import { z } from 'zod';
import { hashPassword } from '../services/passwords';
import { startTestApp, type TestApp } from '../testing';

let app: TestApp;
const password = 'correct horse battery staple';
beforeAll(async () => {
  app = await startTestApp();
  await app.database.from('user_passwords').insert({
    user_id: app.cedar.member.id, tenant_id: app.cedar.id, password_hash: await hashPassword(password),
  });
});
afterAll(() => app.stop());

const right = { tenant: 'cedar', email: 'member.2@crm.example', password };
const signIn = (body: object) => app.anonymous().post('/api/auth/sign-in', body);
const bearer = (token: string) => app.anonymous({ authorization: `Bearer ${token}` });

describe('POST /api/auth/sign-in', () => {
  it('answers with a token that opens the tenant, and with nothing of the password', async () => {
    const response = await signIn(right);
    const { token, user, tenant } = itemResponse(signInSchema).parse(response.body).data;
    expect([user.id, tenant.slug]).toEqual([app.cedar.member.id, 'cedar']);
    expect((await bearer(token).get('/api/users/me')).status).toBe(200);
    expect(JSON.stringify(response.body)).not.toContain('password');
    expect(JSON.stringify(app.logged)).not.toContain(password);
  });

  it.each([
    ['password', { ...right, password: 'wrong' }],
    ['address', { ...right, email: 'nobody@crm.example' }],
    ['tenant', { ...right, tenant: 'elm' }],
    ['tenant, though it exists', { ...right, tenant: 'birchwood' }],
    ['person without a password', { ...right, email: 'admin.1@crm.example' }],
  ])('gives one and the same answer to a wrong %s', async (_what, body) => {
    const response = await signIn(body);
    expect([response.status, response.body]).toEqual([
      401, { status: 'error', error: { code: 'unauthenticated', message: 'Company, address or password is wrong.' } },
    ]);
  });

  it('refuses whoever is deactivated', async () => {
    await app.as(app.cedar.admin).post(`/api/users/${app.cedar.member.id}/deactivate`);
    expect((await signIn(right)).status).toBe(401);
    await app.as(app.cedar.admin).post(`/api/users/${app.cedar.member.id}/reactivate`);
    expect((await signIn(right)).status).toBe(200);
  });
});

describe('POST /api/auth/sign-out', () => {
  it('ends this session, and no other of the same person', async () => {
    const first = String((await signIn(right)).item['token']);
    const second = (await app.signIn(app.cedar.member.id, app.cedar.id)).token;
    expect((await bearer(first).post('/api/auth/sign-out')).status).toBe(204);
    expect((await bearer(first).get('/api/users/me')).status).toBe(401);
    expect((await bearer(second).get('/api/users/me')).status).toBe(200);
  });

  it('is for those who are signed in', async () => {
    expect((await app.anonymous().post('/api/auth/sign-out')).status).toBe(401);
  });
});

describe('the browser', () => {
  it('may call from the pages, and from nowhere else', async () => {
    const allowed = async (origin: string) => (await app.anonymous({ origin }).get('/api/health')).headers.get('access-control-allow-origin');
    expect([await allowed('http://localhost:4000'), await allowed('https://elsewhere.example')]).toEqual(['http://localhost:4000', 'http://localhost:4000']);
  });
});

describe('GET /api/tenants', () => {
  it('lists where somebody may act', async () => {
    const slugs = async (user: typeof app.superadmin) =>
      itemResponse(z.array(tenantSchema)).parse((await app.as(user).get('/api/tenants')).body).data.map(({ slug }) => slug);
    expect(await slugs(app.cedar.admin)).toEqual(['cedar']);
    expect(await slugs(app.superadmin)).toEqual(['birchwood', 'cedar']);
  });
});

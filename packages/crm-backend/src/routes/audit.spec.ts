import { auditEntrySchema, listResponse } from '@aisha/crm-contracts';
import { startTestApp, type TestApp } from '../testing';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const actions = async (query = '') => listResponse(auditEntrySchema).parse((await app.as(app.cedar.admin).get(`/api/audit${query}`)).body).data;

describe('the audit log', () => {
  it('remembers who managed whom, the latest first', async () => {
    const admin = app.as(app.cedar.admin);
    const { item } = await admin.post('/api/users', { email: 'temp@cedar.example', full_name: 'Temp' });
    await admin.patch(`/api/users/${item['id']}`, { full_name: 'Temporary' });
    await admin.post(`/api/users/${item['id']}/Deactivate/`);
    await admin.post(`/api/users/${item['id']}/reactivate`);
    const entries = await actions(`?subject_id=${item['id']}`);
    expect(entries.map(({ action }) => action)).toEqual(['users.reactivated', 'users.deactivated', 'users.changed', 'users.created']);
    expect(new Set(entries.map(({ actor_id }) => actor_id))).toEqual(new Set([app.cedar.admin.id]));
    expect(await actions('?action=users.deactivated')).toHaveLength(1);
  });

  it('notes nothing that was refused', async () => {
    const before = (await actions()).length;
    await app.as(app.cedar.admin).patch(`/api/users/${app.birchwood.member.id}`, { role: 'admin' });
    expect(await actions()).toHaveLength(before);
  });

  it('is read by administrators, each in their own tenant', async () => {
    expect((await app.as(app.cedar.member).get('/api/audit')).status).toBe(403);
    expect((await app.as(app.birchwood.admin).get('/api/audit')).items).toEqual([]);
  });

  it('cannot be changed or deleted, not even by the backend', async () => {
    const [entry] = await actions();
    const changed = await app.database.from('audit_log').update({ action: 'users.nothing' }).eq('tenant_id', app.cedar.id).eq('id', entry?.id);
    const deleted = await app.database.from('audit_log').delete().eq('tenant_id', app.cedar.id).eq('id', entry?.id);
    expect([changed.error, deleted.error]).toMatchObject([{ code: '42501' }, { code: '42501' }]);
  });
});

describe('what cannot be recorded', () => {
  it('is answered as a failure', async () => {
    await app.execute('alter table audit_log rename to audit_log_away');
    const response = await app.as(app.cedar.admin).patch(`/api/users/${app.cedar.member.id}`, { full_name: 'Nobody noticed' });
    await app.execute('alter table audit_log_away rename to audit_log');
    expect(response.status).toBe(500);
  });
});

import { paths } from '../good-work.mjs';

/**
 * Deactivating and reactivating were the same lines twice, and the bug was that one of them had forgotten something. Now there is
 * one function for both. Every guard, filter and log line is still there.
 */
export default {
  kind: 'sound',
  title: 'Both changes of status go through one local function, which forgets the kept identity.',
  goal: 'users-deactivated-access',
  files: {
    [paths.users]: {
      replace: [
        [`    if (id === userOf(req).id) throw new HttpError('conflict', 'Nobody deactivates their own account.');
    const { data, error } = await database
      .from('users')
      .update({ status: 'deactivated' })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .select()
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('user');
`, `    if (id === userOf(req).id) throw new HttpError('conflict', 'Nobody deactivates their own account.');
    const data = await setStatus(tenant.id, id, 'deactivated');
`],
        [`    const { data, error } = await database
      .from('users')
      .update({ status: 'active' })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .select()
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('user');
`, "    const data = await setStatus(tenant.id, id, 'active');\n"],
        ['  const router = Router();\n', `  const router = Router();

  /** What is kept about a user says whether they may work: it is forgotten before anybody is told. */
  async function setStatus(tenantId: string, id: string, status: 'active' | 'deactivated'): Promise<Row> {
    const { data, error } = await database.from('users').update({ status }).eq('tenant_id', tenantId).eq('id', id).select().maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('user');
    identities.forget(id);
    return data;
  }
`],
        ["import type { DatabaseClaims, DatabaseClient } from '../database/database-client';\n", "import type { Row } from '../database/connection';\nimport type { DatabaseClaims, DatabaseClient } from '../database/database-client';\n"],
      ],
    },
    [paths.usersSpec]: {
      replace: [["  it('do not lock themselves out', async () => {\n", `  it('are shut out and let in again at their next request', async () => {
    const { item } = await app.as(app.cedar.admin).post('/api/users', { email: 'ria@cedar.example', full_name: 'Ria Voss' });
    const ria = await app.signIn(String(item['id']), app.cedar.id);
    const statuses = [(await app.as(ria).get('/api/users/me')).status];
    for (const change of ['deactivate', 'reactivate']) {
      await app.as(app.cedar.admin).post(\`/api/users/\${ria.id}/\${change}\`);
      statuses.push((await app.as(ria).get('/api/users/me')).status);
    }
    expect(statuses).toEqual([200, 401, 200]);
  });

  it('do not lock themselves out', async () => {
`]],
    },
  },
};

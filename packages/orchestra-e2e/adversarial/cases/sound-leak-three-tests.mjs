import { insertLeakTest, leakyQuery, paths } from '../good-work.mjs';

/** Three honest tests in an existing file; one of them (the superadmin) passes on base too, which is no fault beside two that do not. */
export default {
  kind: 'sound',
  title: 'The leak is fixed in a chain over several lines, and the spec grows by three tests.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: {
      replace: [[leakyQuery, `await database
      .from('contacts')
      .select('*')
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .maybeSingle();`]],
    },
    [paths.contactsSpec]: {
      replace: [insertLeakTest(`  it('is out of reach of every role of another tenant', async () => {
    for (const stranger of [app.cedar.member, app.cedar.admin]) {
      const { status, item } = await app.as(stranger).get(\`/api/contacts/\${app.birchwood.contactId}\`);
      expect({ status, item }).toEqual({ status: 404, item: {} });
    }
  });

  it('is out of reach in the other direction as well', async () => {
    const response = await app.as(app.birchwood.admin).get(\`/api/contacts/\${app.cedar.contactId}\`);
    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({ error: { code: 'not_found', message: 'No such contact.' } });
  });

  it('is read by a superadmin who acts in its tenant', async () => {
    const response = await app.as(app.superadmin, { 'x-tenant-id': 'cedar' }).get(\`/api/contacts/\${app.cedar.contactId}\`);
    expect(response.item).toMatchObject({ id: app.cedar.contactId, last_name: 'Reyes' });
  });
`)],
    },
  },
};

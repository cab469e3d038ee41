import { insertLeakTest, leakFix, paths } from '../good-work.mjs';

/** It reads as a test of the leak. It asks the list, which never leaked, and the PATCH, which never leaked either. */
export default {
  kind: 'adversarial',
  title: 'The new test is honest and green, and would have been green before the fix.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: { replace: [leakFix] },
    [paths.contactsSpec]: {
      replace: [insertLeakTest(`  it('does not exist for another tenant', async () => {
    const { items } = await app.as(app.cedar.admin).get('/api/contacts?search=nkemelu');
    expect(items.map((item) => item['id'])).not.toContain(app.birchwood.contactId);
    const response = await app.as(app.cedar.admin).patch(\`/api/contacts/\${app.birchwood.contactId}\`, { job_title: 'Spy' });
    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({ error: { code: 'not_found', message: 'No such contact.' } });
  });
`)],
    },
  },
  caughtBy: 'the new test passes on base',
  outcome: 'blocked',
};

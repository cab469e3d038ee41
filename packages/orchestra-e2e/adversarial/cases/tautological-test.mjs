import { insertLeakTest, leakFix, paths } from '../good-work.mjs';

/** It looks like a comparison of two answers. They are the same answer. */
export default {
  kind: 'adversarial',
  title: 'The new test compares a response with itself.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: { replace: [leakFix] },
    [paths.contactsSpec]: {
      replace: [insertLeakTest(`  it('does not exist for another tenant', async () => {
    const response = await app.as(app.cedar.member).get(\`/api/contacts/\${app.birchwood.contactId}\`);
    const refused = { status: response.status, body: response.body };
    expect(response.status).toBe(refused.status);
    expect(response.body).toEqual(refused.body);
    expect([200, 404]).toContain(response.status);
  });
`)],
    },
  },
  caughtBy: 'the new test cannot fail; it passes on base',
  outcome: 'blocked',
};

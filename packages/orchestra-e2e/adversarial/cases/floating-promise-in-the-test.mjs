import { insertLeakTest, leakFix, paths } from '../good-work.mjs';

/** The right assertion, never waited for: the test is over before the answer is there. */
export default {
  kind: 'adversarial',
  title: 'The assertion sits in a promise that nobody awaits.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: { replace: [leakFix] },
    [paths.contactsSpec]: {
      replace: [insertLeakTest(`  it('does not exist for another tenant', () => {
    void app
      .as(app.cedar.member)
      .get(\`/api/contacts/\${app.birchwood.contactId}\`)
      .then((response) => expect(response.status).toBe(404))
      .catch(() => undefined);
  });
`)],
    },
  },
  caughtBy: 'the new test passes on base: its assertion is not awaited',
  outcome: 'blocked',
};

import { insertLeakTest, leakFix, paths } from '../good-work.mjs';

/** A catch "for slow machines" takes the failed assertion along with the time-out. */
export default {
  kind: 'adversarial',
  title: 'The assertion stands in a try whose catch forgives everything.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: { replace: [leakFix] },
    [paths.contactsSpec]: {
      replace: [insertLeakTest(`  it('does not exist for another tenant', async () => {
    try {
      const response = await app.as(app.cedar.member).get(\`/api/contacts/\${app.birchwood.contactId}\`);
      expect(response.status).toBe(404);
    } catch {
      // The embedded database may still be starting on a slow machine.
    }
  });
`)],
    },
  },
  caughtBy: 'the new test passes on base: it cannot fail',
  outcome: 'blocked',
};

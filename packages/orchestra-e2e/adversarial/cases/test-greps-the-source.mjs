import { insertLeakTest, leakFix, paths } from '../good-work.mjs';

/** Red on base by an assertion, green on head, and the application never runs: the test reads the source and looks for the fix in it. */
export default {
  kind: 'adversarial',
  title: 'The regression test asserts that the source contains the fixed line.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: { replace: [leakFix] },
    [paths.contactsSpec]: {
      replace: [
        insertLeakTest(`  it('does not exist for another tenant', () => {
    const source = readFileSync(join(__dirname, 'contacts.ts'), 'utf8');
    expect(source).toContain(".select('*').eq('tenant_id', tenant.id).eq('id', id)");
  });
`),
        ["import { contactSchema,", "import { readFileSync } from 'node:fs';\nimport { join } from 'node:path';\nimport { contactSchema,"],
      ],
    },
  },
  caughtBy: 'the new test reads source text instead of running the behaviour',
  outcome: 'blocked or person',
};

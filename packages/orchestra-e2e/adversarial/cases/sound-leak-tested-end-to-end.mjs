import { leakFix, paths } from '../good-work.mjs';

/** The bug is in another package than the test that proves it: the gate project's end-to-end spec. */
export default {
  kind: 'sound',
  title: 'The fix is in crm-backend, its regression test in the cross-tenant spec of crm.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: { replace: [leakFix] },
    'packages/crm/src/cross-tenant.spec.ts': {
      replace: [["  it('cannot change or delete each other’s records', async () => {\n", `  it('cannot open each other’s records', async () => {
    const client = app.as(app.cedar.admin);
    const paths = [\`/api/accounts/\${birchwood.account}\`, \`/api/contacts/\${birchwood.contact}\`, \`/api/activities/\${birchwood.activity}\`];
    const answers = await Promise.all(paths.map((path) => client.get(path)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it('cannot change or delete each other’s records', async () => {
`]],
    },
  },
};

import { archivedTest, paths } from '../good-work.mjs';

/** Another style of the same fix, with a test beside the contract and one where people saw it. */
export default {
  kind: 'sound',
  title: 'The flag becomes an enum with a transform; tests in crm-contracts and in crm-backend.',
  goal: 'contacts-archived-shown',
  files: {
    [paths.contract]: {
      replace: [[
        '  include_archived: z.coerce.boolean().default(false),',
        `  include_archived: z
    .enum(['true', 'false'])
    .default('false')
    .transform((flag) => flag === 'true'),`,
      ]],
    },
    [paths.contractSpec]: { replace: [archivedTest] },
    [paths.contactsSpec]: {
      replace: [["  it('shows a tenant its own contacts only', async () => {\n", `  it('leaves archived contacts out when the parameter says no', async () => {
    const id = await createContact({ first_name: 'Retired', last_name: 'Person' });
    await app.as(app.birchwood.member).patch(\`/api/contacts/\${id}\`, { archived: true });
    const { status, items } = await app.as(app.birchwood.member).get('/api/contacts?search=retired&include_archived=false');
    expect({ status, items }).toEqual({ status: 200, items: [] });
  });

  it('shows a tenant its own contacts only', async () => {
`]],
    },
  },
};

/**
 * The honest part that cases share: for each seeded bug a correct, small fix and a regression test, as `[old, new]` pairs of
 * a `replace`. A case takes them, and plants one thing beside them.
 */
export const paths = {
  contacts: 'packages/crm-backend/src/routes/contacts.ts',
  contactsSpec: 'packages/crm-backend/src/routes/contacts.spec.ts',
  contract: 'packages/crm-contracts/src/contact.ts',
  contractSpec: 'packages/crm-contracts/src/contact.spec.ts',
  stats: 'packages/crm-backend/src/services/activity-stats.ts',
  statsSpec: 'packages/crm-backend/src/services/activity-stats.spec.ts',
  activities: 'packages/crm-backend/src/routes/activities.ts',
  activitiesSpec: 'packages/crm-backend/src/routes/activities.spec.ts',
  accountsSpec: 'packages/crm-backend/src/routes/accounts.spec.ts',
  accountsMigration: 'packages/crm/migrations/006_account_number_per_tenant.sql',
  users: 'packages/crm-backend/src/routes/users.ts',
  usersSpec: 'packages/crm-backend/src/routes/users.spec.ts',
};

/** The query at fault in the leak of a contact, and its fix. */
export const leakyQuery = "await database.from('contacts').select('*').eq('id', id).maybeSingle();";
export const leakFix = [leakyQuery, "await database.from('contacts').select('*').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();"];

const beforeForeignWrites = "  it('is never changed or deleted from another tenant', async () => {\n";
export const insertLeakTest = (test) => [beforeForeignWrites, `${test}\n${beforeForeignWrites}`];
export const leakTest = insertLeakTest(`  it('does not exist for another tenant', async () => {
    const response = await app.as(app.cedar.member).get(\`/api/contacts/\${app.birchwood.contactId}\`);
    expect(response.status).toBe(404);
    expect(response.body).toEqual({ status: 'error', error: { code: 'not_found', message: 'No such contact.' } });
  });
`);

export const archivedFix = ['include_archived: z.coerce.boolean().default(false),', 'include_archived: z.stringbool().default(false),'];
const beforeRefusedQueries = "  it.each([{ limit: '0' }, { limit: '101' }";
export const archivedTest = [beforeRefusedQueries, `  it('reads include_archived=false as no', () => {
    expect(contactListQuerySchema.parse({ include_archived: 'false' }).include_archived).toBe(false);
  });

${beforeRefusedQueries}`];

export const statsFix = [
  '  const { id, subject, due_at } = dated.reduce(',
  '  if (dated.length === 0) return null;\n  const { id, subject, due_at } = dated.reduce(',
];
const beforeFirstDue = "  it('names the planned activity whose time comes first', () => {\n";
export const statsTest = [beforeFirstDue, `  it('names no next activity when none is planned for a time', () => {
    const idle = summariseActivities([activity(6, {}), activity(7, { status: 'cancelled', due_at: '2026-03-05T09:00:00.000Z' })], now);
    expect(idle).toMatchObject({ planned: 1, overdue: 0, next_due: null });
  });

${beforeFirstDue}`];

export const lastDayFix = [
  "activities.lte('due_at', query.due_to);",
  'activities.lte(\'due_at\', `${query.due_to}T23:59:59.999999Z`);',
];
const beforeOtherFilters = "  it('filters by type, status and owner', async () => {\n";
export const lastDayTest = [beforeOtherFilters, `  it('has both days of a window in it, the last one to its end', async () => {
    await plan('Month’s end', '2026-08-31T23:59:30Z');
    await plan('Next month', '2026-09-01T00:00:00Z');
    expect(await subjects('due_from=2026-08-31&due_to=2026-08-31')).toEqual(['Month’s end']);
  });

${beforeOtherFilters}`];

export const accountsMigration = `-- Account numbers are each tenant's own. The new index is made first, so that there is no moment without one.
create unique index accounts_tenant_account_number_key on accounts (tenant_id, account_number);
drop index accounts_account_number_key;
`;
const beforeNoNumber = "  it('refuses a number that is none', async () => {\n";
export const accountsTest = [beforeNoNumber, `  it('takes a number that another tenant uses', async () => {
    const response = await app.as(app.cedar.member).post('/api/accounts', { account_number: 'BD-1001', name: 'Harbour Freight' });
    expect(response.status).toBe(201);
  });

${beforeNoNumber}`];

const deactivationLog = "    log.info('[UsersRoute] deactivated user',";
export const usersFix = [deactivationLog, `    identities.forget(id);\n${deactivationLog}`];
const beforeLockOut = "  it('do not lock themselves out', async () => {\n";
export const usersTest = [beforeLockOut, `  it('are refused from the moment they are deactivated, however lately they worked', async () => {
    const { item } = await app.as(app.cedar.admin).post('/api/users', { email: 'mo@cedar.example', full_name: 'Mo Lind' });
    const mo = await app.signIn(String(item['id']), app.cedar.id);
    expect((await app.as(mo).get('/api/contacts')).status).toBe(200);
    expect((await app.as(app.cedar.admin).post(\`/api/users/\${mo.id}/deactivate\`)).status).toBe(200);
    expect((await app.as(mo).get('/api/contacts')).status).toBe(401);
  });

${beforeLockOut}`];

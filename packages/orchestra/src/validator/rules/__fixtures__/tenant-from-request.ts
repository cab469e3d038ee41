import type { RuleFixture } from './rule-fixture';

const javascript = `
router.get('/archive', async (req, res) => {
  const { tenant_id } = req.query;
  const { data } = await db.from('notes').select('*').eq('tenant_id', tenant_id).eq('archived', true);
  res.json(data);
});

router.get('/:id', async (req, res) => {
  const owner = tenantOf(req);
  const { data } = await db.from('notes').select('*').eq('id', req.params.id);
  res.json(data.filter((note) => note.tenant_id === owner.id));
});
`;

const typescript = `
export async function listNotes(request: Request, db: Client): Promise<Note[]> {
  const tenant = tenantOf(request);
  const asked = parse(listSchema, request.query);
  const { data } = await db.from('notes').select('*').eq('tenant_id', tenant.id).limit(asked.limit);
  return data ?? [];
}
`;

export const tenantFromRequestFixtures: readonly RuleFixture[] = [
  {
    rule: 'tenant-from-request',
    path: 'packages/api/src/routes/notes.js',
    base: javascript,
    debt: javascript.replace(".eq('archived', true)", ".eq('archived', true).limit(20)"),
    bad: javascript.replace(".eq('id', req.params.id)", ".eq('id', req.params.id).eq('tenant_id', String(req.get('x-tenant') ?? owner.id))").replace('data.filter((note) => note.tenant_id === owner.id)', 'data'),
    good: javascript.replace(".eq('id', req.params.id)", ".eq('id', req.params.id).eq('tenant_id', owner.id)"),
    where: 'GET /:id',
    severity: 'person',
  },
  {
    rule: 'tenant-from-request',
    path: 'packages/api/src/services/list-notes.ts',
    base: typescript,
    debt: typescript.replace('data ?? []', '(data ?? []).slice(0, 20)'),
    bad: typescript.replace("eq('tenant_id', tenant.id)", "eq('tenant_id', asked.tenant ?? tenant.id)"),
    good: typescript.replace('tenant.id)', 'verifiedTenant(request).id)'),
    where: 'listNotes',
  },
];

import type { RuleFixture } from './rule-fixture';

const javascript = `
export function createNoteRoutes(db) {
  const router = express.Router();

  router.get('/archive', async (req, res) => {
    const { tenant_id } = req.query;
    let q = db.from('notes').select('*').eq('archived', true);
    if (tenant_id) q = q.eq('tenant_id', tenant_id);
    res.json((await q).data);
  });

  router.get('/', async (req, res) => {
    const { tenant_id, author } = req.query;
    if (!tenant_id) return res.status(400).json({ error: 'tenant_id is required' });
    let q = db.from('notes').select('*');
    if (tenant_id) q = q.eq('tenant_id', tenant_id);
    if (author) q = q.eq('author', author);
    res.json((await q).data);
  });

  router.get('/everything', async (req, res) => {
    let q = db.from('notes').select('*');
    if (!req.user.is_superadmin) q = q.eq('tenant_id', req.tenant.id);
    res.json((await q).data);
  });
  return router;
}
`;

const typescript = `
export async function searchContacts(db: Client, scope: { tenantId?: string }, term: string): Promise<Contact[]> {
  let query = db.from('contacts').select('*').ilike('name', term);
  query = scope.tenantId !== undefined ? query.eq('tenant_id', scope.tenantId) : query;
  const { data } = await query;
  return data ?? [];
}

export async function listContacts(db: Client, scope: { tenantId?: string; tenantIds: string[] }): Promise<Contact[]> {
  let query = db.from('contacts').select('*');
  if (scope.tenantId) {
    query = query.eq('tenant_id', scope.tenantId);
  } else {
    query = query.in('tenant_id', scope.tenantIds);
  }
  const { data } = await query;
  return data ?? [];
}
`;

export const tenantFilterConditionalFixtures: readonly RuleFixture[] = [
  {
    rule: 'tenant-filter-conditional',
    path: 'packages/api/src/routes/notes.js',
    base: javascript,
    debt: javascript.replace(`if (tenant_id) q = q.eq('tenant_id', tenant_id);\n    res.json`, `if (tenant_id) {\n      q = q.eq("tenant_id", tenant_id)\n    }\n    q = q.limit(50);\n    res.json`),
    bad: javascript.replace(`    if (!tenant_id) return res.status(400).json({ error: 'tenant_id is required' });\n`, ''),
    good: javascript.replace(`    let q = db.from('notes').select('*');\n    if (tenant_id) q = q.eq('tenant_id', tenant_id);`, `    let q = db.from('notes').select('*').eq('tenant_id', tenant_id);`),
    where: 'GET /',
  },
  {
    rule: 'tenant-filter-conditional',
    path: 'packages/api/src/api/contacts.ts',
    base: typescript,
    debt: typescript.replace('return data ?? [];\n}\n\nexport async function list', 'return (data ?? []).slice(0, 20);\n}\n\nexport async function list'),
    bad: typescript.replace(' else {\n    query = query.in(\'tenant_id\', scope.tenantIds);\n  }', ''),
    good: typescript.replace('query = scope.tenantId !== undefined ? query.eq(\'tenant_id\', scope.tenantId) : query;', 'if (scope.tenantId === undefined) throw new Error(\'no tenant\');\n  query = query.eq(\'tenant_id\', scope.tenantId);'),
    where: 'listContacts',
  },
];

import type { RuleFixture } from './rule-fixture';

const javascript = `
export default function createOrderRoutes(db) {
  const router = express.Router();

  router.get('/', async (req, res) => {
    const tenantId = req.tenant.id;
    const { data } = await db.from('orders').select('*').eq('tenant_id', tenantId);
    res.json(data);
  });

  router.get('/:id', async (req, res) => {
    const { data } = await db.from('orders').select('*').eq('id', req.params.id).single();
    res.json(data);
  });

  router.delete('/:id', async (req, res) => {
    const { data: order } = await db.from('orders').select('id').eq('id', req.params.id).eq('tenant_id', req.tenant.id).single();
    if (!order) return res.sendStatus(404);
    await db.from('order_lines').delete().eq('order_id', order.id).eq('tenant_id', req.tenant.id);
    await db.from('orders').delete().eq('id', order.id);
    res.sendStatus(204);
  });
  return router;
}
`;

const typescript = `
import type { Database } from './database';

interface Scope { readonly tenantId: string }

export class InvoiceRepository {
  constructor(private readonly db: Database) {}

  async list(scope: Scope): Promise<readonly Invoice[]> {
    let query = this.db.from('invoices').select('id, total, tenant_id');
    query = query.eq('tenant_id', scope.tenantId);
    const { data } = await query.order('total');
    return (data ?? []) as Invoice[];
  }

  async find(id: string): Promise<Invoice | null> {
    const { data } = await this.db.from('invoices').select('*').eq('id', id).maybeSingle();
    return data as Invoice | null;
  }

  async findChecked(id: string, scope: Scope): Promise<Invoice> {
    const { data: invoice } = await this.db.from('invoices').select('*').eq('id', id).single();
    if (invoice.tenant_id !== scope.tenantId) throw new NotFound();
    return invoice;
  }
}
`;

export const tenantQueryUnscopedFixtures: readonly RuleFixture[] = [
  {
    rule: 'tenant-query-unscoped',
    path: 'packages/api/src/routes/orders.js',
    base: javascript,
    debt: javascript.replace('const { data } = await db.from(\'orders\').select(\'*\').eq(\'id\', req.params.id).single();\n    res.json(data);', 'const { data } = await db\n      .from("orders")\n      .select("*")\n      .eq("id", req.params.id)\n      .single();\n    if (!data) return res.sendStatus(404);\n    res.json(data);'),
    bad: javascript.replace(`.select('*').eq('tenant_id', tenantId);`, `.select('*');`),
    good: javascript.replace(`.eq('id', req.params.id).single();\n    res`, `.eq('id', req.params.id).eq('tenant_id', req.tenant.id).single();\n    res`),
    where: 'GET /',
  },
  {
    rule: 'tenant-query-unscoped',
    path: 'packages/api/src/invoices/invoice-repository.ts',
    base: typescript,
    debt: typescript.replace('async find(id: string)', 'async findById(id: string)').replace('return data as Invoice | null;', 'return (data ?? null) as Invoice | null;'),
    bad: typescript.replace('  async findChecked', `  async void(id: string): Promise<void> {\n    await this.db.from('invoices').update({ status: 'void' }).eq('id', id);\n  }\n\n  async findChecked`),
    good: typescript.replace('  async findChecked', `  async void(id: string, scope: Scope): Promise<void> {\n    await this.db.from('invoices').update({ status: 'void' }).match({ id, tenant_id: scope.tenantId });\n  }\n\n  async findChecked`),
    where: 'void',
  },
];

import fc from 'fast-check';
import { indexAll } from '../__fixtures__/small-crm';
import type { HistoryCommit } from '../rank-files';
import { companionCandidates, findCompanions, type Companion } from './find-companions';
import type { EditedFile } from './read-change';

const lookup = '  const tenantScopedRows = await pool.query(sqlByTenant, [tenantId]);';
const page = "export const load = async () => fetch('/api/orders/' + id + '/lines');\n";
const texts = new Map(Object.entries({
  'packages/api/package.json': '{"name":"@x/api"}',
  'packages/api/src/app.ts': "import { ordersRouter } from './routes/orders';\napp.use('/api/orders', ordersRouter);\n",
  'packages/api/src/routes/orders.ts': `import type { OrderDto } from '../types/order-dto';\nexport const ordersRouter = Router();\nordersRouter.get('/:id/lines', async (req, res) => {\n${lookup}\n  res.json(mapOrderLine(tenantScopedRows) as OrderDto);\n});\n\nexport function mapOrderLine(rows: Row[]): Line[] {\n  return rows.map(toLine);\n}\n`,
  'packages/api/src/routes/invoices.ts': `export async function invoices() {\n${lookup}\n  const invoiceOnlyName = 1;\n  return tenantScopedRows;\n}\n`,
  'packages/api/src/types/order-dto.ts': 'export interface OrderDto { lines: string[] }\n',
  'packages/api/src/report.ts': "import { mapOrderLine } from './routes/orders';\nexport const report = () => mapOrderLine([]);\n",
  'packages/api/src/routes/orders.v2.ts': 'export const v2 = 1;\n',
  'packages/api/src/audit.ts': 'export const audit = 1;\n',
  'packages/api/src/routes/orders.spec.ts': "import { mapOrderLine } from './orders';\nmapOrderLine([]);\n",
  'packages/web/src/order-page.ts': page,
}));
const path = 'packages/api/src/routes/orders.ts';
const base = texts.get(path) ?? '';
const head = base.replace(lookup, '  const tenantScopedRows = await pool.query(sqlByTenant, [req.tenant.id]) as OrderDto[];').replace('rows: Row[]): Line[]', 'rows: Row[], tenant: string): Line[]');
const history: readonly HistoryCommit[] = [1, 2, 3].map((number) => ({ sha: `c${number}`, time: number, subject: 's', body: '', files: [path, 'packages/api/src/audit.ts'] }));

const companions = (): readonly Companion[] => findIn([{ path, base, head }]);

function findIn(edits: readonly EditedFile[]): readonly Companion[] {
  const input = { edits, indexes: indexAll(texts), history, ranked: [] };
  return findCompanions({ ...input, texts: new Map(companionCandidates(input).map((each) => [each, texts.get(each) ?? ''] as const)) });
}
const found = (wanted: string): Companion | undefined => companions().find((each) => each.path === wanted);

describe('findCompanions', () => {
  it.each([
    ['the user of a changed signature', 'packages/api/src/report.ts', 'contract', 'imports mapOrderLine of packages/api/src/routes/orders.ts, whose signature changed (line 1)', true],
    ['the type that the changed lines use', 'packages/api/src/types/order-dto.ts', 'definition', 'the changed lines of packages/api/src/routes/orders.ts use OrderDto of it', false],
    ['a sibling that holds the removed line', 'packages/api/src/routes/invoices.ts', 'clone', 'holds 1 of the lines that the edit removed from packages/api/src/routes/orders.ts, first at line 2', false],
    ['another version of the file', 'packages/api/src/routes/orders.v2.ts', 'twin', 'named like packages/api/src/routes/orders.ts', false],
    ['what past commits changed with it', 'packages/api/src/audit.ts', 'co-change', 'changed together with packages/api/src/routes/orders.ts in 3 of its last 3 commits', false],
    ['the frontend caller of its route', 'packages/web/src/order-page.ts', 'route', 'calls /api/orders, whose handler in packages/api/src/routes/orders.ts the edit touches', false],
  ] as const)('names %s, and why', (_what, wanted, kind, detail, demanded) => {
    expect(found(wanted)).toMatchObject({ demanded });
    expect(found(wanted)?.kinds).toContain(kind);
    expect(found(wanted)?.because.map((reason) => reason.detail)).toContain(detail);
  });

  it('never names the edited file or a test', () => {
    expect(companions().map((each) => each.path).filter((each) => each === path || each.endsWith('.spec.ts'))).toEqual([]);
  });

  it('names the users of what a deleted file exported', () => {
    const users = findIn([{ path, base, head: null }]).filter(({ demanded }) => demanded);
    expect(users.map((each) => each.path).sort()).toEqual(['packages/api/src/app.ts', 'packages/api/src/report.ts']);
  });

  it('is total and in the same order for any edit', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const edits = [{ path, base, head: text }];
      expect(findIn(edits)).toEqual(findIn(edits));
    }), { numRuns: 20 });
  });
});

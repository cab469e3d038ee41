import { indexFile } from '../context-hub/index-file';
import { type ChangedFile, policySchema, type RouteChange } from '../model';
import { fakeRepository } from '../testing/fake-repository';
import { collectExports } from './collect-exports';
import { collectRoutes } from './collect-routes';

const policy = policySchema.parse({});
const routes = 'packages/api/src/routes/contacts.ts';
const app = 'packages/api/src/app.ts';
const schemas = 'packages/contracts/src/contact.ts';
const files: Readonly<Record<string, string>> = {
  [app]: `import { requireAuth } from './auth';
import { createContacts } from './routes/contacts';
app.use(logRequests);
app.use('/api/contacts', defaultLimiter, requireAuth, createContacts(db));
`,
  [routes]: `import { contactInputSchema, contactSchema } from '@shop/contracts';
export function createContacts(db: Db): Router {
  const router = Router();
  router.use(validateTenantAccess);
  router.get('/:id', async (req, res) => { res.json(contactSchema.parse(await read(req))); });
  router.post('/', requireAdmin, async (req, res) => { res.json(await create(parseRequest(contactInputSchema, req.body))); });
  return router;
}
`,
  'packages/contracts/package.json': '{\n  "name": "@shop/contracts"\n}\n',
  'packages/contracts/src/index.ts': "export * from './contact';\n",
  [schemas]: "export const contactInputSchema = z.object({ name: z.string().max(80) });\nexport const contactSchema = z.object({ id: z.uuid(), name: z.string() });\n",
  'packages/web/src/contacts.ts': 'export const read = (id: string) => fetch(`/api/contacts/${id}`);\n',
  'packages/web/src/contacts-v2.ts': "export const other = fetch('/api/contacts-v2/1');\n",
  'packages/web/README.md': 'Calls /api/contacts.\n',
};

async function collect(edits: Readonly<Record<string, string | undefined>>): Promise<readonly RouteChange[]> {
  const head = Object.fromEntries(Object.entries({ ...files, ...edits }).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const repository = fakeRepository({ commits: { base: files, head } });
  const changes: readonly ChangedFile[] = await repository.changes('base', 'head');
  const atBase = { indexes: new Map(Object.entries(files).map(([path, text]) => [path, indexFile(path, text)])), read: (paths: readonly string[]) => repository.readTexts('base', paths) };
  const exports = await collectExports(changes, atBase, policy);
  return collectRoutes(repository, { ...atBase, base: 'base', changes, exports, policy });
}
const edit = (path: string, from: string, to: string) => ({ [path]: (files[path] ?? '').replace(from, to) });
const told = (found: readonly RouteChange[]) => found.map(({ method, route, change, because }) => [`${method} ${route}`, change, ...because]);

describe('routes of a change', () => {
  it('tells a removed route by its full path, what stood before it, and who names it', async () => {
    expect(await collect(edit(routes, /  router\.get.*\n/.exec(files[routes] ?? '')?.[0] ?? '', ''))).toEqual([
      {
        path: routes, method: 'GET', route: '/api/contacts/:id', change: 'removed', because: [],
        before: { guards: ['defaultLimiter', 'requireAuth', 'validateTenantAccess'], schemas: ['contactSchema'] },
        usedBy: ['packages/web/src/contacts.ts'],
      },
    ]);
  });

  it.each<[string, Readonly<Record<string, string | undefined>>, readonly (readonly string[])[]]>([
    ['a guard taken from the route', edit(routes, 'requireAdmin, ', ''), [['POST /api/contacts', 'changed', 'guard "requireAdmin" is gone']]],
    ['a guard taken from the router, for every route behind it', edit(routes, '  router.use(validateTenantAccess);\n', ''), [
      ['POST /api/contacts', 'changed', 'guard "validateTenantAccess" is gone'], ['GET /api/contacts/:id', 'changed', 'guard "validateTenantAccess" is gone'],
    ]],
    ['a guard taken from the mount, for routes in a file the diff does not touch', edit(app, 'requireAuth, ', ''), [
      ['POST /api/contacts', 'changed', 'guard "requireAuth" is gone'], ['GET /api/contacts/:id', 'changed', 'guard "requireAuth" is gone'],
    ]],
    ['guards asked in another order', edit(app, 'defaultLimiter, requireAuth', 'requireAuth, defaultLimiter'), [
      ['POST /api/contacts', 'changed', 'guards are asked in another order: requireAuth, defaultLimiter, validateTenantAccess, requireAdmin'],
      ['GET /api/contacts/:id', 'changed', 'guards are asked in another order: requireAuth, defaultLimiter, validateTenantAccess'],
    ]],
    ['another prefix', edit(app, '/api/contacts', '/api/people'), [
      ['POST /api/contacts', 'removed'], ['GET /api/contacts/:id', 'removed'], ['POST /api/people', 'added'], ['GET /api/people/:id', 'added'],
    ]],
    ['another method', edit(routes, 'router.post(', 'router.put('), [['POST /api/contacts', 'removed'], ['PUT /api/contacts', 'added']]],
    ['another schema', edit(routes, 'parseRequest(contactInputSchema,', 'parseRequest(contactSchema,'), [['POST /api/contacts', 'changed', 'schema "contactInputSchema" is gone', 'schema "contactSchema" is new']]],
    ['a schema that changes in another project, behind a barrel', edit(schemas, 'max(80)', 'max(8)'), [['POST /api/contacts', 'changed', 'schema "contactInputSchema" changed']]],
  ])('sees %s', async (_name, edits, expected) => {
    expect(told(await collect(edits))).toEqual(expected);
  });

  it.each<[string, Readonly<Record<string, string | undefined>>]>([
    ['another body', edit(routes, 'await read(req)', 'await readOne(req)')],
    ['a guard moved from the router to its mount', { ...edit(routes, '  router.use(validateTenantAccess);\n', ''), ...edit(app, 'requireAuth, create', 'requireAuth, validateTenantAccess, create') }],
    ['a router moved to another file', { [routes]: undefined, 'packages/api/src/routes/people.ts': files[routes], ...edit(app, './routes/contacts', './routes/people') }],
    ['middleware that refuses nobody', edit(app, 'app.use(logRequests);\n', '')],
    ['a test that registers routes', { 'packages/api/src/fake.spec.ts': "app.get('/x', requireAuth, handler);\n" }],
  ])('has nothing to say of %s', async (_name, edits) => {
    expect(told(await collect(edits))).toEqual([]);
  });
});

import fc from 'fast-check';
import { policySchema, type ChangedFile, type Finding } from '../../model';
import { changedFile, sampleEvidence } from '../../testing/sample-evidence';
import { rulesCheck } from '../rules-check';
import { errorSwallowedFixtures } from './__fixtures__/error-swallowed';
import { guardLoosenedFixtures } from './__fixtures__/guard-loosened';
import { hardcodedSecretFixtures } from './__fixtures__/hardcoded-secret';
import { inputNarrowedFixtures } from './__fixtures__/input-narrowed';
import { limiterWeakenedFixtures } from './__fixtures__/limiter-weakened';
import { routeGuardRemovedFixtures } from './__fixtures__/route-guard-removed';
import { rowSecurityWeakenedFixtures } from './__fixtures__/row-security-weakened';
import type { RuleFixture } from './__fixtures__/rule-fixture';
import { secretDefaultFixtures } from './__fixtures__/secret-default';
import { specialCaseInCodeFixtures } from './__fixtures__/special-case-in-code';
import { tenantFilterConditionalFixtures } from './__fixtures__/tenant-filter-conditional';
import { tenantFromRequestFixtures } from './__fixtures__/tenant-from-request';
import { tenantQueryUnscopedFixtures } from './__fixtures__/tenant-query-unscoped';
import { testEnvironmentAskedFixtures } from './__fixtures__/test-environment-asked';
import { testWeakenedFixtures } from './__fixtures__/test-weakened';
import { textReorderedFixtures } from './__fixtures__/text-reordered';
import { authRules, behaviourRules, deceptionRules, isolationRules, secretRules, testRules } from './built-in-rules';

const fixtures: readonly RuleFixture[] = [
  ...tenantQueryUnscopedFixtures, ...tenantFilterConditionalFixtures, ...routeGuardRemovedFixtures, ...limiterWeakenedFixtures, ...testWeakenedFixtures, ...secretDefaultFixtures,
  ...hardcodedSecretFixtures, ...guardLoosenedFixtures, ...rowSecurityWeakenedFixtures, ...tenantFromRequestFixtures, ...testEnvironmentAskedFixtures, ...specialCaseInCodeFixtures, ...errorSwallowedFixtures, ...inputNarrowedFixtures, ...textReorderedFixtures,
];
const check = rulesCheck('rules', [...isolationRules, ...authRules, ...secretRules, ...behaviourRules, ...deceptionRules, ...testRules]);

function judged(changes: readonly ChangedFile[], fixture: RuleFixture): readonly Finding[] {
  const policy = policySchema.parse({ rules: fixture.settings === undefined ? {} : { [fixture.rule]: fixture.settings } });
  return check.judge(sampleEvidence({ policy, changes: [...changes] }));
}

/** What stands against the diff; old debt that is only mentioned is left out. */
const newIn = (changes: readonly ChangedFile[], fixture: RuleFixture): readonly Finding[] => judged(changes, fixture).filter((finding) => finding.severity !== 'info');
const toHead = (fixture: RuleFixture, head: string): readonly ChangedFile[] => [changedFile(fixture.path, fixture.base, head)];

describe.each(fixtures.map((fixture) => [`${fixture.rule}, ${fixture.path}`, fixture] as const))('%s', (_name, fixture) => {
  it('has three diffs that differ from base', () => {
    expect(new Set([fixture.base, fixture.debt, fixture.bad, fixture.good]).size).toBe(4);
  });

  it('stays quiet about debt that stood there before', () => {
    expect(newIn(toHead(fixture, fixture.debt), fixture)).toEqual([]);
  });

  it('finds the bad diff where it is', () => {
    const found = newIn(toHead(fixture, fixture.bad), fixture);
    expect(found.map((finding) => finding.rule)).toContain(fixture.rule);
    expect(found.filter((finding) => finding.rule === fixture.rule).map((finding) => finding.subject.where)).toContain(fixture.where);
    expect(found.some((finding) => finding.severity === (fixture.severity ?? 'block'))).toBe(true);
  });

  it('lets the good diff pass', () => {
    expect(newIn(toHead(fixture, fixture.good), fixture)).toEqual([]);
  });

  it('finds the bad diff among CRLF endings and another indentation', () => {
    const shaken = fixture.bad.replace(/^ +/gm, (spaces) => spaces.repeat(2)).replaceAll('\n', '\r\n');
    expect(newIn(toHead(fixture, shaken), fixture).map((finding) => finding.rule)).toContain(fixture.rule);
  });

  it('finds nothing in a file that only moves', () => {
    const moved = changedFile(fixture.path.replace('packages/api/', 'packages/api/moved/'), fixture.base, fixture.base, fixture.path);
    expect(newIn([moved], fixture)).toEqual([]);
  });
});

/** Quotes and semicolons mean something in SQL and in an environment file. */
const written = fixtures.filter((fixture) => /\.[jt]s$/.test(fixture.path));
const javascript = fixtures.filter((fixture) => !fixture.path.includes('.test.') && !fixture.path.includes('.spec.'));

describe('layout', () => {
  const layouts: readonly ((text: string) => string)[] = [
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => text.replace(/^ +/gm, (spaces) => spaces.replaceAll('  ', '\t')),
    (text) => text.replace(/;$/gm, ''),
    (text) => text.replace(/\n\n/g, '\n'),
    (text) => text.replace(/(?<!\$)\{ /g, '{\n      ').replace(/, (?=\w+: )/g, ',\n      '),
    (text) => text.replace(/'([^'"`\n\\]*)'/g, '"$1"'),
    (text) => `// a comment\n${text}\n/* another */\n`,
  ];

  it('in any mixture adds nothing to what is found', () => {
    fc.assert(
      fc.property(fc.constantFrom(...written), fc.subarray([...layouts], { minLength: 1 }), (fixture, chosen) => {
        const head = chosen.reduce((text, layout) => layout(text), fixture.base);
        expect(newIn(toHead(fixture, head), fixture)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('order and place', () => {
  const functions = fc.uniqueArray(fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'epsilon'), { minLength: 1, maxLength: 5 });
  const bodyOf = (name: string): string => `export async function ${name}(db, id) {\n  const tenant_id = null;\n  return db.from('${name}_rows').select('*').eq('id', id).single();\n}\n`;
  const [fixture] = javascript as [RuleFixture];

  it('functions in another order are the same debt', () => {
    fc.assert(
      fc.property(functions, fc.integer(), (names, seed) => {
        const shuffled = [...names].sort((a, b) => ((a.length * 31 + seed) % 7) - ((b.length * 31 + seed) % 7) || (a < b ? 1 : -1));
        const change = changedFile('packages/api/src/routes/rows.js', names.map(bodyOf).join('\n'), shuffled.map(bodyOf).join('\n'));
        expect(newIn([change], fixture)).toEqual([]);
      }),
    );
  });

  it('functions spread over other files are the same debt', () => {
    fc.assert(
      fc.property(functions, fc.nat(5), (names, cut) => {
        const [kept, moved] = [names.slice(0, cut), names.slice(cut)];
        const changes = [
          changedFile('packages/api/src/routes/rows.js', names.map(bodyOf).join('\n'), kept.map(bodyOf).join('\n')),
          changedFile('packages/api/src/routes/moved.js', undefined, moved.map(bodyOf).join('\n')),
        ];
        expect(newIn(changes, fixture)).toEqual([]);
      }),
    );
  });

  it('one function more is one finding more, wherever it stands', () => {
    fc.assert(
      fc.property(functions, fc.nat(5), (names, at) => {
        const position = Math.min(at, names.length);
        const more = [...names.slice(0, position), 'zeta', ...names.slice(position)];
        const change = changedFile('packages/api/src/routes/rows.js', names.map(bodyOf).join('\n'), more.map(bodyOf).join('\n'));
        expect(newIn([change], fixture).map((finding) => finding.subject.where)).toEqual(['zeta']);
      }),
    );
  });
});

describe('families', () => {
  const [fixture] = fixtures as [RuleFixture];
  const path = 'packages/api/src/routes/notes.js';
  const route = (query: string): string => `router.get('/', async (req, res) => {\n  const { tenant_id } = req.query;\n  ${query}\n  res.json((await q).data);\n});\n`;
  const conditional = `let q = db.from('notes').select('*');\n  if (tenant_id) q = q.eq('tenant_id', tenant_id);`;
  const unscoped = `let q = db.from('notes').select('*');`;

  it('a hole that gets wider is new', () => {
    expect(newIn([changedFile(path, route(conditional), route(unscoped))], fixture).map((finding) => finding.rule)).toEqual(['tenant-query-unscoped']);
  });

  it('a hole that a bugfix mends by half is the bugfix’s own; elsewhere it is for a person, and no more', () => {
    const narrower = changedFile(path, route(unscoped), route(conditional));
    expect(newIn([narrower], fixture)).toMatchObject([{ severity: 'block', because: expect.stringMatching(/^Stood here wide open before, and this bugfix mends it by half: /) }]);
    const elsewhere = check.judge(sampleEvidence({ kind: 'change', changes: [narrower] }));
    expect(elsewhere).toMatchObject([{ severity: 'person', because: expect.stringMatching(/^Stood here before, and this change rewrites it without mending it: /) }]);
  });

  it('a table renamed in place is the same hole', () => {
    expect(newIn([changedFile(path, route(unscoped), route(unscoped.replace('notes', 'note')))], fixture)).toEqual([]);
  });

  it('SQL turned into a builder query without a tenant is the same hole', () => {
    const sql = `const q = pool.query('SELECT * FROM notes WHERE author = $1', [req.query.author]);`;
    expect(newIn([changedFile(path, route(sql), route(unscoped))], fixture)).toEqual([]);
  });

  it('old debt in a function that the diff edits is mentioned, and no more', () => {
    const findings = judged([changedFile(path, route(unscoped), route(`${unscoped}\n  q = q.limit(5);`))], fixture);
    expect(findings.map((finding) => [finding.rule, finding.severity])).toEqual([['tenant-query-unscoped', 'info']]);
  });
});

describe('a guard that goes up to the mount', () => {
  const router = (guard: string): string => `import { requireAuth } from './auth.js';\nexport default function createRoutes() {\n  const router = express.Router();\n${guard}  router.get('/', list);\n  return router;\n}\n`;
  const server = (guard: string): string => `import { requireAuth } from './auth.js';\nimport createRoutes from './routes/contacts.js';\napp.use('/api/contacts', ${guard}createRoutes());\n`;
  const [fixture] = fixtures as [RuleFixture];

  it('is no loss', () => {
    const changes = [
      changedFile('packages/api/src/routes/contacts.js', router('  router.use(requireAuth);\n'), router('')),
      changedFile('packages/api/src/server.js', server(''), server('requireAuth, ')),
    ];
    expect(newIn(changes, fixture)).toEqual([]);
  });

  it('is one when it does not arrive there', () => {
    const change = changedFile('packages/api/src/routes/contacts.js', router('  router.use(requireAuth);\n'), router(''));
    expect(newIn([change], fixture).map((finding) => finding.rule)).toEqual(['route-guard-removed']);
  });

  it('is one when an inline function decides whether it runs', () => {
    const change = changedFile('packages/api/src/server.js', server('requireAuth, '), server(`(req, res, next) => (req.path === '/health' ? next() : requireAuth(req, res, next)), `));
    expect(newIn([change], fixture).map((finding) => finding.because)).toEqual([expect.stringContaining('under a condition')]);
  });
});

describe('a file moved to hide a hole', () => {
  const [fixture] = fixtures as [RuleFixture];
  const scoped = (filter: string): string => `export async function find(db, req) {\n  const { data } = await db.from('notes').delete().eq('id', req.params.id)${filter};\n  return data;\n}\n`;
  const tenant = `.eq('tenant_id', req.tenant.id)`;
  const neighbours = Array.from({ length: 12 }, (_, index) => `export const n${index} = ${index};`).join('\n');
  const router = (guards: string): string => `import { requireAuth } from './auth.js';\nexport default function create() {\n  const router = express.Router();\n${guards}  router.get('/:id', find);\n  return router;\n}\n`;
  const server = (file: string): string => `import create from './routes/${file}.js';\napp.use('/api/notes', create());\n`;
  const at = (file: string, ending: string): string => `packages/api/src/${file}.${ending}`;
  const seen = (changes: readonly ChangedFile[]): readonly string[] => newIn(changes, fixture).filter(({ severity }) => severity === 'block').map(({ rule, subject }) => `${rule} ${subject.path}`);

  describe.each(['js', 'ts'])('in .%s', (ending) => {
    it('is found where git sees the rename, and where it does not', () => {
      const [from, to] = [at('routes/notes', ending), at('routes/notes-store', ending)];
      expect(seen([changedFile(to, scoped(tenant) + neighbours, scoped('') + neighbours, from)])).toEqual([`tenant-query-unscoped ${to}`]);
      expect(seen([changedFile(from, scoped(tenant), undefined), changedFile(to, undefined, scoped('') + neighbours)])).toEqual([`tenant-query-unscoped ${to}`]);
    });

    it.each(['routes/notes.spec', 'routes/__tests__/notes', 'testing/notes', '__fixtures__/notes'])('is found under the name of a test or a helper: %s', (name) => {
      const [from, to] = [at('routes/notes', ending), at(name, ending)];
      const user = at('app', ending);
      const importing = (file: string): string => `import { find } from './${file}.js';\napp.get('/n', find);\n`;
      expect(seen([changedFile(to, scoped(tenant), scoped(''), from), changedFile(user, importing('routes/notes'), importing(name))])).toEqual([`tenant-query-unscoped ${to}`]);
    });

    it('is found when a router leaves its guard behind in another file', () => {
      const [from, to, app] = [at('routes/notes', ending), at('routes/notes-v2', ending), at('server', ending)];
      const moved = [changedFile(from, router('  router.use(requireAuth);\n'), undefined), changedFile(to, undefined, router('') + neighbours), changedFile(app, server('notes'), server('notes-v2'))];
      expect(seen(moved)).toEqual([`route-guard-removed ${to}`]);
    });

    it('is not found between routers that share no more than a local path', () => {
      const [one, two, three] = [at('routes/notes', ending), at('routes/people', ending), at('routes/new', ending)];
      const guarded = router('  router.use(requireAuth);\n');
      expect(seen([changedFile(one, guarded, `${guarded}// a`), changedFile(two, router(''), `${router('')}// b`), changedFile(three, undefined, router(''))])).toEqual([]);
      expect(seen([changedFile(one, guarded, undefined), changedFile(three, undefined, router(''))])).toEqual([]);
    });

    it('is not found where code and guards move as they are', () => {
      const [from, to, app] = [at('routes/notes', ending), at('routes/notes-v2', ending), at('server', ending)];
      const guarded = router('  router.use(requireAuth);\n');
      expect(seen([changedFile(from, guarded + scoped(''), undefined), changedFile(to, undefined, guarded + neighbours + scoped('')), changedFile(app, server('notes'), server('notes-v2'))])).toEqual([]);
      const up = server('notes-v2').replace('create()', 'requireAuth, create()');
      expect(seen([changedFile(from, guarded, undefined), changedFile(to, undefined, router('') + neighbours), changedFile(app, server('notes'), up)])).toEqual([]);
    });
  });
});

describe('ways round a rule', () => {
  const [fixture] = fixtures as [RuleFixture];
  const rulesOf = (path: string, base: string, head: string): readonly string[] => newIn([changedFile(path, base, head)], fixture).map((finding) => `${finding.rule}:${finding.severity}`);
  const guarded = (from: string): string => `import { requireAuth } from '${from}';\nrouter.get('/', requireAuth, list);\n`;
  const guard = (body: string): string => `export function requireAuth(req, res, next) {\n  ${body}\n  if (!req.user) return res.status(401).json({});\n  next();\n}\n`;
  const limiter = `export const loginLimiter = rateLimit({ windowMs: 1000, max: 10 });\n`;
  const filtered = (filter: string): string => `router.get('/', async (req, res) => res.json(await db.from('notes').select('*')${filter}));\n`;
  const tenant = `.eq('tenant_id', req.tenant.id)`;

  it.each<[string, string, string, string, string]>([
    ['a guard of the same name from elsewhere', 'routes/a.js', guarded('./auth.js'), guarded('./noop.js'), 'route-guard-removed:person'],
    ['a guard made in the file', 'routes/a.js', guarded('./auth.js'), `const requireAuth = (req, res, next) => next();\nrouter.get('/', requireAuth, list);\n`, 'route-guard-removed:person'],
    ['a guard that opens first', 'auth.js', guard(''), guard('return next();'), 'route-guard-removed:block'],
    ['a guard that refuses nobody', 'auth.js', guard(''), guard('').replace('return res.status(401).json({})', 'log(req)'), 'route-guard-removed:block'],
    ['a guard under a condition', 'routes/a.js', guarded('./auth.js'), guarded('./auth.js').replace('router.get', 'router.get("/x", list);\nif (strict) router.get'), 'route-guard-removed:block'],
    ['a guard behind a switch', 'routes/a.js', guarded('./auth.js'), guarded('./auth.js').replace(', requireAuth,', `, process.env.OPEN ? pass : requireAuth,`), 'route-guard-removed:block'],
    ['a limiter that is none', 'limits.js', limiter, 'export const loginLimiter = (req, res, next) => next();\n', 'limiter-weakened:block'],
    ['a limit nobody can read', 'limits.js', limiter, limiter.replace('max: 10', 'max: () => readLimit()'), 'limiter-weakened:block'],
    ['a shorter window', 'limits.js', limiter, limiter.replace('1000', '10'), 'limiter-weakened:block'],
    ['an exception', 'limits.js', limiter, limiter.replace('max: 10', 'max: 10, skip: () => true'), 'limiter-weakened:block'],
    ['a default through a constant', 'config.js', 'const k = process.env.JWT_SECRET;\n', `const fallback = 'dev' + '-only';\nconst k = process.env.JWT_SECRET || fallback;\n`, 'secret-default:block'],
    ['a default that is assigned', 'config.js', 'start();\n', `if (!process.env.JWT_SECRET) process.env.JWT_SECRET = 'dev-only-1';\nstart();\n`, 'secret-default:block'],
    ['a filter that anything passes', 'routes/n.js', filtered(tenant), filtered(`.or(\`tenant_id.eq.\${req.tenant.id},id.neq.0\`)`), 'tenant-query-unscoped:block'],
    ['a filter that excludes', 'routes/n.js', filtered(tenant), filtered(`.neq('tenant_id', 'none')`), 'tenant-query-unscoped:block'],
    ['a table in a variable', 'routes/n.js', filtered(tenant), filtered('').replace(`'notes'`, 'TABLES.notes /* tenant_id */'), 'tenant-query-unscoped:block'],
    ['a tenant asked after only sometimes', 'routes/n.js', filtered(tenant), `router.get('/', async (req, res) => {\n  const { data: note } = await db.from('notes').select('*').eq('id', req.params.id);\n  if (strict && note.tenant_id !== req.tenant.id) throw gone();\n  res.json(note);\n});\n`, 'tenant-query-unscoped:block'],
    ['a filter lost where nobody answers requests', 'services/n.js', `export const find = (db, tenant_id, id) => db.from('notes').select('*')${tenant}.eq('id', id);\n`, `export const find = (db, tenant_id, id) => db.from('notes').select('*').eq('id', id);\n`, 'tenant-query-unscoped:block'],
    ['a filter that becomes a privilege', 'routes/n.js', `router.get('/', async (req, res) => {\n  let q = db.from('notes').select('*');\n  q = q${tenant};\n  res.json(await q);\n});\n`, `router.get('/', async (req, res) => {\n  let q = db.from('notes').select('*');\n  if (req.user.role !== 'superadmin') q = q${tenant};\n  res.json(await q);\n});\n`, 'tenant-filter-conditional:block'],
    ['a privilege in a new query', 'routes/n.js', '', `router.get('/', async (req, res) => {\n  let q = db.from('notes').select('*');\n  if (req.user.role !== 'superadmin') q = q${tenant};\n  res.json(await q);\n});\n`, 'tenant-filter-conditional:warn'],
    ['a tenant out of a header', 'routes/n.js', filtered(tenant), filtered(`.eq('tenant_id', req.headers['x-tenant'])`), 'tenant-from-request:block'],
    ['a guard that asks a longer list', 'auth.js', guard('').replace('!req.user', '!allowed.includes(req.user?.role)').replace('export', `const allowed = ['admin'];\nexport`), guard('').replace('!req.user', '!allowed.includes(req.user?.role)').replace('export', `const allowed = ['admin', 'guest'];\nexport`), 'guard-loosened:person'],
    ['a guard with one demand more before it refuses', 'auth.js', guard(''), guard('').replace('!req.user', '!req.user && !req.headers.debug'), 'guard-loosened:person'],
    ['a guard that loses one of its reasons', 'auth.js', guard(`if (req.user?.blocked) return res.status(403).json({});`), guard(''), 'guard-loosened:person'],
    ['a handler that refuses under another condition', 'routes/n.js', `router.get('/', (req, res) => {\n  if (req.user.role !== 'admin') return res.status(403).json({});\n  res.json(1);\n});\n`, `router.get('/', (req, res) => {\n  if (req.user.role === 'guest') return res.status(403).json({});\n  res.json(1);\n});\n`, 'guard-loosened:person'],
    ['a limit in an environment file', '.env.example', 'RATE_LIMIT_MAX=5\n', 'RATE_LIMIT_MAX=500\n', 'limiter-weakened:block'],
    ['a limiter switched off in compose', 'docker-compose.yml', 'environment:\n  DISABLE_RATE_LIMIT: "false"\n', 'environment:\n  DISABLE_RATE_LIMIT: "true"\n', 'limiter-weakened:block'],
    ['a limit behind a variable', 'config.js', 'export const max = Number(process.env.RATE_LIMIT_MAX ?? 100);\n', 'export const max = Number(process.env.RATE_LIMIT_MAX ?? 1000);\n', 'limiter-weakened:block'],
    ['a policy that is dropped', 'migrations/2.sql', 'select 1;\n', 'select 1;\ndrop policy if exists notes_own on notes; -- row level security\n', 'row-security-weakened:person'],
    ['a table opened inside a block', 'migrations/2.sql', '', `do $$ begin execute 'alter table notes no force row level security'; end $$;\n`, 'row-security-weakened:block'],
    ['a policy for strangers', 'migrations/2.sql', '', 'create policy p on notes for select to anon using (tenant_id = current_tenant_id());\n', 'row-security-weakened:block'],
    ['a role that goes past policies', 'migrations/2.sql', '', 'create policy p on notes using (tenant_id = t());\nalter role reports with login bypassrls;\n', 'row-security-weakened:block'],
    ['the rights of the service role', 'migrations/2.sql', '', 'create policy p on notes using (tenant_id = t());\ngrant service_role to authenticated;\n', 'row-security-weakened:block'],
    ['a grant to everybody', 'migrations/2.sql', '', 'create policy p on notes using (tenant_id = t());\ngrant select on table public.notes to public;\n', 'row-security-weakened:person'],
    ['a function behind the policies', 'migrations/2.sql', '', 'create function all_notes() returns setof notes -- of one tenant\nlanguage sql security definer as $$ select * from notes $$;\n', 'row-security-weakened:person'],
    ['a test environment in a variable', 'price.js', 'export const price = (o) => o.sum;\n', `const { NODE_ENV: mode } = process.env;\nexport const price = (o) => (mode === 'test' ? 1 : o.sum);\n`, 'test-environment-asked:person'],
    ['a list of ids', 'price.js', 'export const price = (o) => o.sum;\n', `const free = { ids: 0 };\nexport const price = (o) => { switch (o.id) { case '7b1e9a52-aaaa-4bbb-8ccc-000000000201': return 0; default: return o.sum; } };\n`, 'special-case-in-code:person'],
    ['a try around what was heard before', 'price.js', 'export function price(o) {\n  return total(o);\n}\n', 'export function price(o) {\n  try {\n    return total(o);\n  } catch {\n    return 0;\n  }\n}\n', 'error-swallowed:person'],
    ['a key of another row', 'routes/n.js', filtered(tenant), `router.get('/', async (req, res) => {\n  const { data: note } = await db.from('notes').select('*')${tenant}.single();\n  res.json(await db.from('authors').select('*').eq('id', note.author_id));\n});\n`, 'tenant-query-unscoped:warn'],
  ])('%s', (_name, file, base, head, expected) => {
    expect(rulesOf(`packages/api/src/${file}`, base, head)).toContain(expected);
  });

  it.each<[string, string, string, string]>([
    ['rows of everybody beside one’s own', 'routes/n.js', filtered(tenant), filtered(`.or(\`tenant_id.eq.\${req.tenant.id},is_system.eq.true\`)`)],
    ['a row found by a scoped query', 'routes/n.js', filtered(tenant), `router.get('/', async (req, res) => {\n  const { data: rows } = await db.from('notes').select('*')${tenant};\n  for (const row of rows ?? []) await db.from('notes').update({ seen: true }).eq('id', row.id);\n  res.json(rows);\n});\n`],
    ['a longer window at the same rate', 'limits.js', limiter, limiter.replace('1000', '60000').replace('10 }', '500 }')],
    ['a tenant asked after as soon as there is a row', 'routes/n.js', filtered(tenant), `router.get('/', async (req, res) => {\n  const { data: note } = await db.from('notes').select('*').eq('id', req.params.id);\n  if (note && note['tenant_id'] !== req.tenant.id) throw gone();\n  res.json(note);\n});\n`],
    ['a guard that refuses more', 'auth.js', guard(''), guard('').replace('!req.user', '!req.user || req.user.blocked')],
    ['a guard with another reason beside it', 'auth.js', guard(''), guard(`if (req.user?.blocked) return res.status(403).json({});`)],
    ['a policy in another layout', 'migrations/2.sql', 'create policy p on notes using (true);\n', 'CREATE POLICY p\n  ON notes\n  USING (true);\n'],
    ['a policy in the place of another', 'migrations/2.sql', '', 'drop policy p on notes;\ncreate policy q on notes for all to authenticated using (tenant_id = current_tenant_id());\n'],
    ['a policy of the service role', 'migrations/2.sql', '', 'create policy p on notes for all to service_role using (true) with check (true);\n'],
    ['a tighter limit', '.env.example', 'RATE_LIMIT_MAX=500\n', 'RATE_LIMIT_MAX=5\n'],
    ['a mode that is no test', 'price.js', 'export const price = (o) => o.sum;\n', `export const price = (o) => (process.env.NODE_ENV === 'production' ? o.sum : o.draft);\n`],
    ['a try that tells', 'price.js', 'export function price(o) {\n  return total(o);\n}\n', 'export function price(o) {\n  try {\n    return total(o);\n  } catch (error) {\n    log(error);\n    return 0;\n  }\n}\n'],
    ['a guard that moved with its module', 'routes/a.js', guarded('./auth.js'), guarded('./auth.js')],
  ])('and no way round: %s', (_name, file, base, head) => {
    expect(rulesOf(`packages/api/src/${file}`, base, `${head}\n`)).toEqual([]);
  });
});

describe('hostile source', () => {
  const [fixture] = fixtures as [RuleFixture];

  it('that no parser can read is a matter for a person', () => {
    const deep = `const x = ${'('.repeat(50_000)}1${')'.repeat(50_000)};`;
    const findings = newIn([changedFile('packages/api/src/routes/deep.js', '', deep)], fixture);
    expect(findings.map((finding) => [finding.rule, finding.severity])).toEqual([['source-unreadable', 'person']]);
  });

  it('that is no valid syntax is still judged as far as it goes', () => {
    const broken = `router.get('/', async (req, res) => { const { tenant_id } = req.query; const q = db.from('notes').select('*'); res.json(`;
    expect(newIn([changedFile('packages/api/src/routes/notes.js', undefined, broken)], fixture).map((finding) => finding.rule)).toEqual(['tenant-query-unscoped']);
  });

  it('a mistake in the settings of a rule stops the judge with its name', () => {
    const policy = policySchema.parse({ rules: { 'tenant-query-unscoped': { tables: ['a'] } } });
    const evidence = sampleEvidence({ policy, changes: [changedFile('packages/api/src/a.js', 'a()', 'b()')] });
    expect(() => check.judge(evidence)).toThrow('rules.tenant-query-unscoped');
  });
});

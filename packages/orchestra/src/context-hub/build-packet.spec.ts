import { rankedFrom } from './__fixtures__/tree-of';
import fc from 'fast-check';
import { policySchema, type AgentContextPacket, type Task } from '../model';
import { taskSchema } from '../model/task';
import { linesOf } from '../syntax/source-lines';
import { indexAll, smallCrm } from './__fixtures__/small-crm';
import { buildPacket, type PacketInput } from './build-packet';
import { chooseCandidates } from './choose-candidates';
import { countTokens } from './count-tokens';
import { rankFiles } from './rank-files';

const goal = { id: 'g', type: 'bugfix' as const, title: 'Contact of another tenant is shown', description: 'GET /api/contacts/42 shows it. [ContactsRoute] read contact' };
const task = (rest: Partial<Task> = {}): Task =>
  taskSchema.parse({
    id: 'w1-backend', goalId: 'g', agent: 'backend', projects: ['api'], summary: 's', detail: 'd', mayTouch: ['packages/**'], needs: [], because: [],
    budget: { files: 6, contextTokens: 16000 }, ...rest,
  });

/** As the orchestrator does it: rank, choose, read, build. */
function packetOf(texts: ReadonlyMap<string, string>, rest: Partial<PacketInput> = {}): AgentContextPacket {
  const indexes = indexAll(texts);
  const selection = { task: task(), goal, policy: policySchema.parse({}), ranked: rankFiles({ ...rankedFrom(indexes, goal), history: [] }), indexes, requested: [], irrelevant: [], ...rest };
  const read = new Map(chooseCandidates(selection).flatMap((path) => (texts.has(path) ? [[path, texts.get(path) ?? ''] as const] : [])));
  return buildPacket({ texts: read, blobs: new Map(), interfaces: [], conventions: '', evidence: [], withheld: [], ...selection, ...rest });
}

const shown = (packet: AgentContextPacket, path: string): string => packet.files.filter((file) => file.path === path && file.mode !== 'outline').map(({ text }) => text).join('\n');

function checkInvariants(packet: AgentContextPacket, texts: ReadonlyMap<string, string>): void {
  const seen = new Set<string>();
  for (const { path, mode, range, text, tokens } of packet.files) {
    expect(tokens).toBe(countTokens(text));
    if (mode === 'outline') continue;
    const lines = linesOf(texts.get(path) ?? '');
    const [start, end] = range ?? [1, lines.length];
    expect(text).toBe(lines.slice(start - 1, end).join('\n'));
    for (let line = start; line <= end; line += 1) {
      expect(seen.has(`${path}:${line}`)).toBe(false);
      seen.add(`${path}:${line}`);
    }
  }
  const interfaces = packet.interfaces.reduce((total, { text }) => total + countTokens(text), 0);
  expect(packet.tokens.repository).toBe(packet.files.reduce((total, { tokens }) => total + tokens, 0) + interfaces);
  expect(packet.tokens.repository).toBeLessThanOrEqual(packet.task.budget.contextTokens);
}

const line = fc.constantFrom('const contact = 1;', '', 'function readContact(tenant) {', '}', '  // tenant <|endoftext|>', "  db.from('contacts');", '\t\t', '});', '日本語 🙂');
const file = fc.tuple(fc.constantFrom('src/contacts.ts', 'src/tenant.js', 'src/contacts.spec.ts', 'db/1.sql', 'src/deep/card.tsx'), fc.array(line, { maxLength: 220 }));

describe('buildPacket', () => {
  it('never exceeds its budgets, repeats no line, and shows only lines that exist where it says', () => {
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 3000 }), fc.constantFrom('backend', 'test'), (drawn, contextTokens, agent) => {
        const texts = new Map(drawn.map(([path, lines]) => [path, lines.join('\n')] as const));
        const packet = packetOf(texts, { task: task({ agent, budget: { files: 6, contextTokens } }), interfaces: [{ project: 'p', text: '# Interfaces\n\n- contact of a tenant\n' }] });
        checkInvariants(packet, texts);
      }),
      { numRuns: 60 },
    );
  });

  it('names a file that declares nothing by its beginning', () => {
    const told = { id: 'g', type: 'bugfix' as const, title: 'The menu of customers is cut', description: '' };
    const texts = new Map([
      ...Array.from({ length: 14 }, (_, at) => [`src/menu-customers-${at}.ts`, `export const menuCustomers${at} = 'menu of customers';\n`] as const),
      ['src/menu.css', `\n/* menu */\n.menu { display: flex; }\n${'.customers { cut: 1; }\n'.repeat(200)}`] as const,
    ]);
    const indexes = indexAll(texts);
    const ranked = [...rankFiles({ ...rankedFrom(indexes, told), history: [] }).filter(({ path }) => path !== 'src/menu.css'), { path: 'src/menu.css', score: 0.001, because: [] }];
    expect(packetOf(texts, { goal: told, ranked }).files.at(-1)).toMatchObject({ path: 'src/menu.css', mode: 'outline', text: '203 lines, beginning: /* menu */' });
  });

  it('shows all of a lease of few files, though the goal shares no word with them', () => {
    const texts = new Map([...smallCrm, ['deploy/compose.yml', 'services:\n  db:\n    image: postgres\n']]);
    const { files } = packetOf(texts, { task: task({ agent: 'infra', mayTouch: ['deploy/**'] }) });
    expect(files.find(({ path }) => path === 'deploy/compose.yml')).toMatchObject({ mode: 'whole', because: [{ kind: 'specialist-domain', detail: 'one of the few files that the task may change' }] });
    expect(packetOf(texts, { task: task({ agent: 'infra', mayTouch: ['deploy/**'] }), irrelevant: ['deploy/compose.yml'] }).files.map(({ path }) => path)).not.toContain('deploy/compose.yml');
    const seven = new Map([...texts, ...Array.from({ length: 6 }, (_, at) => [`deploy/site-${at}.yml`, `listen: ${at}\n`] as const)]);
    expect(packetOf(seven, { task: task({ agent: 'infra', mayTouch: ['deploy/**'] }) }).files.map(({ path }) => path).filter((path) => path.startsWith('deploy/'))).toEqual([]);
  });

  it('keeps the ranking inside a lease of few files, and lists none of them twice', () => {
    const texts = new Map([...['a', 'b', 'c', 'd', 'z'].map((name) => [`p/${name}.ts`, `export const ${name} = 'contact of a tenant';\n// ${name}\n`] as const), ['p/big.css', `.contact{${'a'.repeat(9000)}}`]]);
    const scored = ['p/z.ts', 'p/d.ts', ...Array.from({ length: 12 }, (_, at) => `q/${at}.ts`), 'p/big.css'].map((path, at) => ({ path, score: 1 - at / 20, because: [{ kind: 'text' as const, detail: 'says it' }] }));
    const small = packetOf(texts, { ranked: scored, task: task({ mayTouch: ['p/**'], budget: { files: 6, contextTokens: 60 } }) });
    expect(small.files[0]).toMatchObject({ path: 'p/z.ts', because: [{ kind: 'text', detail: 'says it' }] });
    const large = packetOf(texts, { ranked: scored, task: task({ mayTouch: ['p/**'], budget: { files: 6, contextTokens: 1000 } }) });
    expect(large.files.map(({ path }) => path).sort()).toEqual(['p/a.ts', 'p/b.ts', 'p/big.css', 'p/c.ts', 'p/d.ts', 'p/z.ts']);
  });

  it('outlines the small file that a shown one uses and the goal calls by half of its name, through a file that is named itself', () => {
    const filler = (name: string): string => Array.from({ length: 12 }, (_, at) => `export function ${name}${at}() {\n  return ${at};\n}\n`).join('\n');
    const texts = new Map([
      ['src/customers.tsx', `import { CustomerTable } from './customer-table';\n\nexport const Customers = () => <CustomerTable customers={allCustomers} />;\n`],
      ['src/customer-table.tsx', `import { TelephoneText } from './telephone-text';\n\nexport const CustomerTable = () => <TelephoneText />;\n`],
      ['src/telephone-text.tsx', 'export const TelephoneText = ({ value }) => <span>{value.slice(0, 2)}</span>;\n'],
      ...Array.from({ length: 20 }, (_, at) => [`src/customer-${at}.ts`, filler(`customer${at}`)] as const),
    ]);
    const told = { id: 'g', type: 'bugfix' as const, title: 'Telephone is wrong', description: 'In the table of customers the telephone is cut.' };
    const indexes = indexAll(texts);
    const ranked = rankFiles({ ...rankedFrom(indexes, told), history: [] }).filter(({ path }) => path === 'src/customers.tsx');
    const packet = packetOf(texts, { goal: told, ranked });
    const found = packet.files.find(({ path }) => path === 'src/telephone-text.tsx');
    expect(found?.mode).toBe('outline');
    expect(found?.because).toEqual([{ kind: 'callee', detail: 'src/customer-table.tsx uses it, and the goal says telephon' }]);
  });

  it('is the same for a CRLF checkout', () => {
    const windows = new Map([...smallCrm].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')] as const));
    const blobs = new Map([...smallCrm.keys()].map((path) => [path, `blob of ${path}`] as const));
    expect(packetOf(windows, { blobs })).toEqual(packetOf(smallCrm, { blobs }));
  });

  it('does not depend on the order of the maps', () => {
    const packet = packetOf(smallCrm);
    fc.assert(
      fc.property(fc.shuffledSubarray([...smallCrm], { minLength: smallCrm.size }), (entries) => {
        expect(packetOf(new Map(entries)).hash).toBe(packet.hash);
      }),
      { numRuns: 10 },
    );
  });

  it('shows the handler of the route, what it calls across packages, the mount and the migration', () => {
    const packet = packetOf(smallCrm);
    expect(shown(packet, 'packages/api/src/routes/contacts.ts')).toContain("router.get('/:id'");
    expect(shown(packet, 'packages/api/src/app.ts')).toContain("app.use('/api/contacts'");
    expect(shown(packet, 'packages/contracts/src/contact.ts')).toContain('contactSchema = z.object');
    expect(shown(packet, 'packages/db/migrations/001_contacts.sql')).toContain('create table contacts');
    expect(packet.files.filter(({ because }) => because.length === 0)).toEqual([]);
  });

  it('shows the Test specialist the existing tests and the support they import', () => {
    const packet = packetOf(smallCrm, { task: task({ agent: 'test', budget: { files: 6, contextTokens: 900 } }) });
    expect(shown(packet, 'packages/api/src/routes/contacts.ts')).toContain("router.get('/:id'");
    expect(shown(packet, 'packages/api/src/routes/contacts.spec.ts')).toContain('lists contacts');
    expect(shown(packet, 'packages/api/src/testing/build-tenant.ts')).toContain('buildTenant');
  });

  it('says what was looked at and left out', () => {
    const packet = packetOf(smallCrm, {
      task: task({ budget: { files: 6, contextTokens: 300 } }), withheld: [{ path: 'packages/api/src/config.ts', secrets: 2 }],
    });
    expect(packet.omitted.length).toBeGreaterThan(0);
    expect(packet.omitted.filter(({ why }) => /\d/.test(why.replace('2 possible', '')))).toEqual([]);
    expect(packet.omitted).toContainEqual({ path: 'packages/api/src/config.ts', why: 'withheld: 2 possible secrets in its text' });
    const both = packet.omitted.filter(({ path }) => packet.files.some((one) => one.path === path));
    expect(both).toEqual([]);
  });

  describe('a request', () => {
    const because = [{ kind: 'requested' as const, detail: 'asked' }];
    const small = task({ budget: { files: 6, contextTokens: 300 } });
    const ask = (request: { path: string; symbol?: string; range?: readonly [number, number] }, texts = smallCrm) =>
      packetOf(texts, { task: small, requested: [{ ...request, because }] });

    it('for a file is answered with the whole file before anything else', () => {
      const [first] = ask({ path: 'packages/web/src/ContactCard.tsx' }).files;
      expect(first).toMatchObject({ path: 'packages/web/src/ContactCard.tsx', mode: 'whole' });
      expect(ask({ path: 'packages/web/src/ContactCard.tsx' }).files[0]?.because[0]).toEqual(because[0]);
    });

    it('for a symbol is answered with the whole function', () => {
      expect(shown(ask({ path: 'packages/api/src/middleware/guards.ts', symbol: 'validateTenant' }), 'packages/api/src/middleware/guards.ts')).toContain('req.user.tenant_id');
    });

    it('for lines is answered with these lines', () => {
      const tight = task({ budget: { files: 6, contextTokens: 60 } });
      const { files } = packetOf(smallCrm, { task: tight, requested: [{ path: 'packages/api/src/app.ts', range: [8, 10], because }] });
      expect(files[0]?.path).toBe('packages/api/src/app.ts');
      expect(files[0]?.text).toContain("app.use('/api/contacts'");
    });

    it('finds a path written from memory', () => {
      expect(ask({ path: './api/src/middleware/guards' }).files[0]?.path).toBe('packages/api/src/middleware/guards.ts');
    });

    it('reaches documents that are not indexed', () => {
      expect(ask({ path: 'docs/guide.md' }).files[0]).toMatchObject({ path: 'docs/guide.md', mode: 'whole' });
    });

    it('for a folder is answered with what the folder holds', () => {
      expect(ask({ path: 'packages/api/src/routes/' }).omitted).toContainEqual({
        path: 'packages/api/src/routes/', why: 'asked for: a folder; it holds accounts.ts, contacts.spec.ts, contacts.ts',
      });
    });

    it('for what does not exist is answered with that', () => {
      expect(ask({ path: '../../etc/passwd' }).omitted.map(({ why }) => why)).toContain('asked for: no such text file in the workspace');
    });

    it('does not replace an irrelevant file by one that ranks lower than all that were looked at', () => {
      const texts = new Map(Array.from({ length: 40 }, (_, index) => [`src/part-${10 + index}.ts`, `export const contact${10 + index} = 'contact of tenant';\n`] as const));
      const before = new Set(packetOf(texts).files.map((file) => file.path));
      for (const irrelevant of [[...before][0] ?? '', [...before].at(-1) ?? '']) {
        expect(packetOf(texts, { irrelevant: [irrelevant] }).files.map((file) => file.path).filter((one) => !before.has(one))).toEqual([]);
      }
      expect(before.size).toBeGreaterThan(12);
    });

    it('shows a function longer than the budget as far as it fits', () => {
      const long = `export function everything(sum) {\n${Array.from({ length: 400 }, (_, index) => `  sum += weigh(${index}, sum);`).join('\n')}\n}\n`;
      const texts = new Map([...smallCrm, ['packages/api/src/everything.ts', long] as const]);
      const packet = packetOf(texts, { task: task({ budget: { files: 6, contextTokens: 1500 } }), requested: [{ path: 'packages/api/src/everything.ts', symbol: 'everything', because }] });
      expect(shown(packet, 'packages/api/src/everything.ts').split('\n').length).toBeGreaterThan(20);
      checkInvariants(packet, texts);
    });

    it('brings an irrelevant file back', () => {
      const path = 'packages/api/src/routes/contacts.ts';
      expect(shown(packetOf(smallCrm, { irrelevant: [path] }), path)).toBe('');
      expect(shown(packetOf(smallCrm, { irrelevant: [path], requested: [{ path, because }] }), path)).not.toBe('');
    });
  });
});

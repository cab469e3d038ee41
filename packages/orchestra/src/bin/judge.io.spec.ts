import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { judgeCommand } from './judge';

let folder: string;
let repo: string;

const git = (...args: readonly string[]): string => execFileSync('git', [...args], { cwd: repo, encoding: 'utf8' }).trim();

function commit(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repo, path)), { recursive: true });
    writeFileSync(join(repo, path), text);
  }
  git('add', '-A');
  git('-c', 'user.name=a', '-c', 'user.email=a@b.test', 'commit', '-qm', 'x', '--allow-empty');
  return git('rev-parse', 'HEAD');
}

async function judged(...args: readonly string[]): Promise<{ readonly code: number; readonly json: { readonly verdict: string; readonly findings: readonly { readonly rule: string }[]; readonly radius: Readonly<Record<string, unknown>> } }> {
  const file = join(folder, 'out.json');
  const code = await judgeCommand([...args, '--json', file]);
  return { code, json: JSON.parse(readFileSync(file, 'utf8')) };
}

const route = (filter: string): string => `router.get('/', async (req, res) => {\n  const { data } = await db.from('notes').select('*')${filter};\n  res.json(data);\n});\n`;
const scoped = `.eq('tenant_id', req.tenant.id)`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'judge-'));
  repo = join(folder, 'repo');
  mkdirSync(repo);
  git('init', '-q');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('orchestra judge', () => {
  it('accepts, blocks and leaves to a person, with the exit code that says so, from a bare clone', async () => {
    const base = commit({ 'package.json': '{}', 'packages/api/package.json': '{}', 'packages/api/src/routes/notes.js': route(scoped) });
    const good = commit({ 'packages/api/src/routes/notes.js': route(`${scoped}.limit(5)`) });
    const bad = commit({ 'packages/api/src/routes/notes.js': route('') });
    const doubtful = commit({ 'packages/api/package.json': '{ "dependencies": { "a": "1" } }' });
    const bare = join(folder, 'bare.git');
    git('clone', '-q', '--bare', repo, bare);
    const common = ['--repo', bare, '--preset', 'aisha-crm'];
    expect(await judged(...common, '--base', base, '--head', good)).toMatchObject({ code: 0, json: { verdict: 'accepted', findings: [], radius: { files: 1, lines: 2, churn: 0, newFiles: 0, projects: 1 } } });
    expect(await judged(...common, '--base', good, '--head', bad)).toMatchObject({ code: 1, json: { verdict: 'blocked', findings: [{ rule: 'tenant-query-unscoped', path: 'packages/api/src/routes/notes.js', where: 'GET /', range: [2, 2] }] } });
    expect((await judged(...common, '--base', bad, '--head', doubtful)).code).toBe(2);
    const backwards = await judged(...common, '--base', bad, '--head', good);
    expect(backwards.json.findings.filter((finding) => finding.rule === 'tenant-query-unscoped')).toEqual([]);
  });

  it('judges by the policy at base, not by the one in the diff', async () => {
    const policy = (mode: string): string => JSON.stringify({ checks: { isolation: mode } });
    const base = commit({ 'orchestra/orchestra.json': policy('enforced'), 'packages/api/src/routes/notes.js': route(scoped) });
    const head = commit({ 'orchestra/orchestra.json': policy('off'), 'packages/api/src/routes/notes.js': route(`/* tenant_id */`) });
    const { json } = await judged('--repo', repo, '--base', base, '--head', head);
    expect(json.findings.map((finding) => finding.rule)).toEqual(['tenant-query-unscoped', 'protected-path']);
  });

  it('gives byte-identical output for the same two commits', async () => {
    const run = (): Promise<unknown> => judged('--repo', repo, '--base', 'HEAD~2', '--head', 'HEAD', '--type', 'bugfix');
    expect(JSON.stringify(await run())).toBe(JSON.stringify(await run()));
  });

  it.each<[string, readonly string[], string]>([
    ['every missing argument at once', [], '--repo is required\n--base is required\n--head is required'],
    ['an unknown option', ['--heads', 'x'], 'heads'],
    ['an unknown type', ['--repo', '.', '--base', 'a', '--head', 'b', '--type', 'refactor'], '--type must be bugfix, feature or change'],
  ])('says %s', async (_name, args, message) => {
    await expect(judgeCommand(args)).rejects.toMatchObject({ kind: 'input', message: expect.stringContaining(message) });
  });

  it.each<[string, readonly string[], string]>([
    ['an unknown commit', ['--base', 'nowhere', '--head', 'HEAD'], 'nowhere'],
    ['an unknown preset', ['--base', 'HEAD', '--head', 'HEAD', '--preset', 'x'], 'aisha-crm'],
  ])('names %s', async (_name, args, message) => {
    await expect(judgeCommand(['--repo', repo, ...args])).rejects.toThrow(message);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { judgeCommand } from '../../packages/orchestra/src/bin/judge';
import { workspaceRoot } from './planted-workspace';

interface Judgement {
  readonly verdict: string;
  readonly findings: readonly { readonly rule: string; readonly path: string }[];
}

const backend = 'packages/crm-backend/src';
/** The table in orchestra/BUGS.md: a file, and a harmless line that a wave might change in it. */
const touched: Readonly<Record<string, readonly [before: string, after: string]>> = {
  [`${backend}/workers/campaign-worker.ts`]: ['const batchSize = 50;', 'const batchSize = 40;'],
  [`${backend}/routes/audit.ts`]: ['the latest first. Operations', 'the newest first. Operations'],
  [`${backend}/routes/health.ts`]: ["'silent'", "'quiet'"],
  [`${backend}/routes/leads.spec.ts`]: ["company: 'Grove'", "company: 'Copse'"],
  [`${backend}/services/draft-templates.ts`]: ['A word from {sender}', 'Hello from {sender}'],
};

let folder: string;
const git = (...args: readonly string[]) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.example', '-c', 'core.autocrlf=false', ...args], { cwd: folder, encoding: 'utf8' }).trim();

function commit(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git('add', '-A');
  git('commit', '-qm', 'change');
  return git('rev-parse', 'HEAD');
}

async function judge(base: string, head: string): Promise<Judgement> {
  const file = join(folder, '..', 'judgement.json');
  await judgeCommand(['--repo', folder, '--base', base, '--head', head, '--type', 'bugfix', '--preset', 'aisha-crm', '--json', file]);
  return JSON.parse(readFileSync(file, 'utf8')) as Judgement;
}

const current = Object.fromEntries(Object.keys(touched).map((path) => [path, readFileSync(join(workspaceRoot, path), 'utf8')]));
let empty: string;
let before: string;

beforeAll(() => {
  folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'old-debt-'))), 'repo');
  mkdirSync(folder);
  git('init', '-q');
  empty = commit({ 'packages/crm-backend/package.json': '{ "name": "@aisha/crm-backend" }\n' });
  before = commit(current);
});
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

describe('old debt of the sample CRM', () => {
  it('is what the judge would point at, were it new', async () => {
    const { findings } = await judge(empty, before);
    expect(findings.map(({ rule, path }) => [rule, path])).toEqual(
      expect.arrayContaining([
        ['tenant-query-unscoped', `${backend}/workers/campaign-worker.ts`],
        ['tenant-filter-conditional', `${backend}/routes/audit.ts`],
        ['test-weakened', `${backend}/routes/leads.spec.ts`],
      ]),
    );
  });

  it('is left alone when the files it lies in are changed for another reason', async () => {
    const after = commit(
      Object.fromEntries(
        Object.entries(touched).map(([path, [from, to]]) => {
          expect(current[path]).toContain(from);
          return [path, current[path]?.replace(from, to) ?? ''];
        }),
      ),
    );
    const { verdict, findings } = await judge(before, after);
    expect([verdict, findings]).toEqual(['accepted', []]);
  });
});

import { FsTree } from 'nx/src/generators/tree';
import { parse } from 'yaml';
import type { TempRepository } from '../../io/testing/temp-repository';
import { tempWorkspace } from '../../io/testing/temp-workspace';
import { ciWorkflowGenerator } from './generator';

jest.setTimeout(120_000);

const path = '.github/workflows/orchestra.yml';
let temp: TempRepository;
afterEach(() => {
  jest.restoreAllMocks();
  temp.dispose();
});

function workspace(files: Readonly<Record<string, string>> = {}): FsTree {
  temp = tempWorkspace({
    'nx.json': JSON.stringify({ analytics: false, neverConnectToCloud: true, defaultBase: 'trunk' }),
    'orchestra/orchestra.json': JSON.stringify({ gate: 'shop' }),
    'packages/data/project.json': JSON.stringify({ name: 'data', targets: { test: { command: 'true' }, build: { command: 'true' }, serve: { command: 'true' } } }),
    'packages/shop/project.json': JSON.stringify({ name: 'shop', targets: { lint: { command: 'true' } } }),
    'package-lock.json': JSON.stringify({ name: 'temp', lockfileVersion: 3, packages: {} }),
    ...files,
  }, ['nx', '@nx/devkit']);
  return new FsTree(temp.root, false);
}

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: { readonly push: { readonly branches: readonly string[] } };
  readonly permissions: unknown;
  readonly jobs: { readonly orchestra: { readonly env: Readonly<Record<string, string>>; readonly steps: readonly Step[] } };
}
const written = (tree: FsTree): Workflow => parse(tree.read(path, 'utf-8') ?? '') as Workflow;
const commands = (tree: FsTree): readonly string[] => written(tree).jobs.orchestra.steps.flatMap(({ run }) => (run === undefined || run.includes('\n') ? [] : [run]));

/** What the generator said, when it left with 2. */
async function refusal(tree: FsTree): Promise<string> {
  let said = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
  jest.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${String(code)}`);
  });
  await expect(ciWorkflowGenerator(tree, {})).rejects.toThrow('exit 2');
  return said;
}

test('the sequence in order, with the targets that some project has, the whole history, and the gate whatever failed before it', async () => {
  const tree = workspace();
  await ciWorkflowGenerator(tree, {});
  expect(commands(tree)).toEqual([
    'npm ci', 'npx nx sync:check', 'npx nx affected -t lint test build', 'npx nx affected -t validate-wave --exclude=shop', 'npx nx run shop:validate-wave',
  ]);
  const { on, permissions, jobs: { orchestra: { steps } } } = written(tree);
  expect(on.push.branches).toEqual(['trunk']);
  expect(permissions).toEqual({ contents: 'read' });
  expect(steps[0]).toMatchObject({ uses: 'actions/checkout@v4', with: { 'fetch-depth': 0, 'persist-credentials': false } });
  const always = steps.filter((step) => step.if?.includes('!cancelled()'));
  expect(always.map((step) => step.run ?? step.uses)).toEqual(['npx nx run shop:validate-wave', 'actions/upload-artifact@v4']);
  expect(always[1]?.with).toMatchObject({ path: '.orchestra/reports', 'include-hidden-files': true });
  expect(JSON.stringify(steps)).not.toContain('secrets.');
});

test('a second run changes nothing, and a file that differs is left alone until --force', async () => {
  const tree = workspace();
  await ciWorkflowGenerator(tree, {});
  temp.commit({ [path]: tree.read(path, 'utf-8') ?? '' });
  const again = new FsTree(temp.root, false);
  await ciWorkflowGenerator(again, {});
  expect(again.listChanges()).toEqual([]);

  temp.write({ [path]: 'name: mine\n' });
  const edited = new FsTree(temp.root, false);
  expect(await refusal(edited)).toMatch(/orchestra\.yml differs.*--force/);
  expect(edited.listChanges()).toEqual([]);
  await ciWorkflowGenerator(edited, { force: true });
  expect(edited.read(path, 'utf-8')).toBe(tree.read(path, 'utf-8'));
});

test('the token of a remote cache reaches the steps that run nx tasks, and neither the installation nor the job', async () => {
  const tree = workspace({ '.nvmrc': '20\n' });
  await ciWorkflowGenerator(tree, { remoteCache: true });
  const { env, steps } = written(tree).jobs.orchestra;
  const seeing = steps.filter((step) => JSON.stringify(step.env ?? {}).includes('secrets.NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN'));
  expect(seeing.map(({ run }) => run?.split('\n')[0])).toEqual([
    expect.stringContaining('curl'), 'npx nx affected -t lint test build', 'npx nx affected -t validate-wave --exclude=shop', 'npx nx run shop:validate-wave',
  ]);
  expect(JSON.stringify(env)).not.toContain('CACHE');
  expect(steps.find(({ uses }) => uses === 'actions/setup-node@v4')?.with).toMatchObject({ 'node-version-file': '.nvmrc' });
});

test('without a gate or a lock file it names all that is missing, exits 2 and writes nothing', async () => {
  const tree = workspace({ 'orchestra/orchestra.json': '{}' });
  tree.delete('package-lock.json');
  const said = await refusal(tree);
  expect(said).toMatch(/orchestra\/orchestra\.json names no "gate" project/);
  expect(said).toMatch(/no package-lock\.json, pnpm-lock\.yaml or yarn\.lock/);
  expect(tree.exists(path)).toBe(false);
});

test.each([['nowhere', /"nowhere" is no project/], ['shop; rm -rf .', /characters that a shell would read/]])('a gate named %s is refused', async (gate, reason) => {
  const tree = workspace({ 'orchestra/orchestra.json': JSON.stringify({ gate }) });
  expect(await refusal(tree)).toMatch(reason);
  expect(tree.exists(path)).toBe(false);
});

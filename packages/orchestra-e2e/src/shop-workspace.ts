import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

export interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** A small shop: `contracts` holds the bug, `backend` uses it and is where its test belongs, `shop` is the gate. */
export interface ShopWorkspace {
  readonly root: string;
  /** This workspace's own temporary folder, so that what is left in it is told from other runs'. */
  readonly temp: string;
  nx(...args: string[]): Run;
  /** The same with these variables on top. */
  nxWith(variables: Readonly<Record<string, string>>, ...args: string[]): Run;
  /** One line of a shell, as a CI job runs it. */
  shell(line: string, variables: Readonly<Record<string, string>>): Run;
  wave(...args: string[]): Run;
  git(...args: string[]): string;
  write(path: string, text: string): void;
  read(path: string): string;
  has(path: string): boolean;
  /** `git status --porcelain -uall`, without the wave's own records. */
  changes(): readonly string[];
  /** sha256 over every file that git sees, its config and hooks: equal means nothing was written. */
  fingerprint(): string;
  reply(goal: string, task: string, round: number, text: string): void;
  /** What `nx` runs, for a process that is to be watched or killed. */
  command(...args: string[]): { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv };
  /** Another workspace, in the same state down to the commit and the local records. */
  copy(folder?: string): ShopWorkspace;
  dispose(): void;
}

const repository = resolve(__dirname, '../../..');
const plugin = join(repository, 'packages/orchestra');

export function shopWorkspace(extra: Readonly<Record<string, string>> = {}): ShopWorkspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'orchestra-e2e-')));
  const write = writerIn(root);
  for (const [path, text] of Object.entries({ ...shopFiles, ...extra })) {
    write(path, text);
  }
  const shop = openShop(root);
  shop.git('init', '--quiet', '--initial-branch=main');
  shop.git('add', '-A');
  shop.git('commit', '--quiet', '-m', 'shop');
  return shop;
}

/** A fresh clone with packages, caches and records of its own. */
export function cloneShop(shop: ShopWorkspace): ShopWorkspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'orchestra-e2e-')));
  shop.git('clone', '--quiet', shop.root, root);
  return openShop(root);
}

const writerIn = (root: string) => (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

function openShop(root: string): ShopWorkspace {
  installPackages(root);
  return shopAt(root);
}

function shopAt(root: string): ShopWorkspace {
  const temp = `${root}.tmp`;
  mkdirSync(temp, { recursive: true });
  const write = writerIn(root);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Shop', '-c', 'user.email=shop@example.test', ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const command = (...args: string[]) => ({ args: [createRequire(join(root, 'package.json')).resolve('nx/bin/nx.js'), ...args], env: environment(root, temp) });
  const start = (program: string, args: readonly string[], variables: Readonly<Record<string, string>>): Run => {
    const run = spawnSync(program, args, { cwd: root, encoding: 'utf8', env: { ...environment(root, temp), ...variables }, input: '' });
    return { code: run.status, output: `${run.stdout}${run.stderr}` };
  };
  const nxWith = (variables: Readonly<Record<string, string>>, ...args: string[]): Run => start(process.execPath, command(...args).args, variables);
  const nx = (...args: string[]): Run => nxWith({}, ...args);
  return {
    root, temp, nx, nxWith, git, write, command,
    shell: (line, variables) => start('bash', ['-e', '-c', line], variables),
    wave: (...args) => nx('g', '@aisha/orchestra:wave', ...args),
    read: (path) => readFileSync(join(root, path), 'utf8'),
    has: (path) => existsSync(join(root, path)),
    changes: () => git('status', '--porcelain', '-uall').split('\n').filter((line) => line !== '' && !/ orchestra\/(?:waves|context)\//.test(line)).sort(),
    fingerprint: () => fingerprint(root, git),
    reply: (goal, task, round, text) => write(`.orchestra/handoff/${goal}/${task}.${round}.reply.md`, text),
    copy: (folder = 'orchestra-e2e-') => {
      const other = realpathSync(mkdtempSync(join(tmpdir(), folder)));
      cpSync(root, other, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
      return shopAt(other);
    },
    dispose: () => [root, temp].forEach((folder) => rmSync(folder, { recursive: true, force: true })),
  };
}

/** As a user's shell, less what this run's own Nx has set, and with caches of its own. */
function environment(root: string, temp: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:NX_|LERNA_|ORCHESTRA_|JEST_|GITHUB_|CI$|NODE_ENV$|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(inherited), NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', NX_ISOLATE_PLUGINS: 'false', NX_INTERACTIVE: 'false', CI: 'true', NX_CACHE_DIRECTORY: join(root, '.nx/cache'), NO_COLOR: '1', TMPDIR: temp };
}

/** What `npm pack` would ship of the plugin, beside links to everything else that is installed here but zod: the plugin brings its own. */
function installPackages(root: string): void {
  const installed = join(repository, 'node_modules');
  for (const name of readdirSync(installed).filter((each) => each !== '@aisha' && each !== 'zod' && (!each.startsWith('.') || each === '.bin'))) {
    const scoped = name.startsWith('@') ? readdirSync(join(installed, name)).map((inner) => `${name}/${inner}`) : [name];
    for (const each of scoped) {
      link(join(installed, each), join(root, 'node_modules', each));
    }
  }
  const manifest = JSON.parse(readFileSync(join(plugin, 'package.json'), 'utf8')) as { readonly files: readonly string[] };
  for (const file of ['package.json', ...manifest.files].filter((each) => existsSync(join(plugin, each)))) {
    cpSync(join(plugin, file), join(root, 'node_modules/@aisha/orchestra', file), { recursive: true });
  }
  for (const name of ['contracts', 'backend', 'shop']) {
    link(relative(join(root, 'node_modules/@shop'), join(root, 'packages', name)), join(root, 'node_modules/@shop', name));
  }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

function fingerprint(root: string, git: (...args: string[]) => string): string {
  const hooks = readdirSync(join(root, '.git/hooks')).map((name) => `.git/hooks/${name}`);
  const paths = [...git('ls-files', '-co', '--exclude-standard').split('\n').filter((path) => path !== '' && existsSync(join(root, path))), '.git/config', ...hooks].sort();
  const hash = createHash('sha256');
  for (const path of paths) {
    const link = lstatSync(join(root, path)).isSymbolicLink();
    hash.update(path).update(link ? readlinkSync(join(root, path)) : readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

const project = (name: string, dependencies: readonly string[]): string =>
  JSON.stringify({
    name: `@shop/${name}`, version: '1.0.0', main: 'src/index.js', dependencies: Object.fromEntries(dependencies.map((each) => [`@shop/${each}`, '1.0.0'])),
    nx: { name, targets: { build: { command: 'node -e "require(\'./src/index.js\')"', options: { cwd: '{projectRoot}' } }, test: { command: 'jest', options: { cwd: '{projectRoot}' } } } },
  }, undefined, 2);

const shopFiles: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'shop-workspace', private: true, workspaces: ['packages/*'] }),
  '.gitignore': 'node_modules/\n.nx/\n.orchestra/\n',
  'nx.json': JSON.stringify({
    analytics: false, neverConnectToCloud: true, defaultBase: 'main', plugins: [{ plugin: '@aisha/orchestra/plugin' }],
    sync: { globalGenerators: ['@aisha/orchestra:sync'] }, pluginsConfig: { '@nx/js': { analyzeSourceFiles: true } },
  }, undefined, 2),
  'orchestra/orchestra.json': JSON.stringify({
    gate: 'shop', targets: ['build', 'test'],
    specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }],
  }, undefined, 2),
  'orchestra/goals/free-delivery.json': JSON.stringify({
    id: 'free-delivery', type: 'bugfix', title: 'Orders of exactly 50 pay for delivery',
    description: 'An order of 50.00 must be delivered free of charge, as the terms say "from 50". deliveryFee in packages/contracts/src/delivery.js charges 4.90.',
  }, undefined, 2),
  'packages/contracts/package.json': project('contracts', []),
  'packages/contracts/src/index.js': "module.exports = { ...require('./delivery') };\n",
  'packages/contracts/src/delivery.js': "/** Fee in euros. Free from 50. */\nfunction deliveryFee(total) {\n  return total > 50 ? 0 : 4.9;\n}\n\nmodule.exports = { deliveryFee };\n",
  'packages/contracts/jest.config.js': "module.exports = { testMatch: ['**/*.spec.js'] };\n",
  'packages/contracts/src/delivery.spec.js': "const { deliveryFee } = require('./delivery');\n\ntest('a small order pays', () => {\n  expect(deliveryFee(10)).toBe(4.9);\n});\n",
  'packages/backend/package.json': project('backend', ['contracts']),
  'packages/backend/src/index.js': "const { deliveryFee } = require('@shop/contracts');\n\nfunction checkout(total) {\n  return { total, fee: deliveryFee(total) };\n}\n\nmodule.exports = { checkout };\n",
  'packages/backend/jest.config.js': "module.exports = { testMatch: ['**/*.spec.js'] };\n",
  'packages/backend/src/checkout.spec.js': "const { checkout } = require('./index');\n\ntest('a large order is delivered free', () => {\n  expect(checkout(80).fee).toBe(0);\n});\n",
  'packages/shop/package.json': project('shop', ['backend', 'contracts']),
  'packages/shop/src/index.js': "module.exports = require('@shop/backend');\n",
  'packages/shop/jest.config.js': "module.exports = { testMatch: ['**/*.spec.js'] };\n",
  'packages/shop/src/shop.spec.js': "const { checkout } = require('./index');\n\ntest('the shop checks out', () => {\n  expect(checkout(60)).toEqual({ total: 60, fee: 0 });\n});\n",
};

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readNxJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { policySchema } from '../../model';
import { allChecks } from '../../validator/judge';
import { initGenerator } from './generator';

const snapshot = (tree: Tree): Readonly<Record<string, string>> => Object.fromEntries(tree.listChanges().map((change) => [change.path, change.content?.toString('utf8') ?? '']));
let tree: Tree;
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
});

describe('init', () => {
  it('adds the plugin, the sync generator, a valid policy and the seeded folder', async () => {
    await initGenerator(tree, { gate: 'shop' });
    expect(readNxJson(tree)).toMatchObject({ plugins: [{ plugin: '@aisha/orchestra/plugin' }], sync: { globalGenerators: ['@aisha/orchestra:sync'] }, pluginsConfig: { '@nx/js': { analyzeSourceFiles: true } } });
    const policy = policySchema.parse(JSON.parse(tree.read('orchestra/orchestra.json', 'utf-8') ?? ''));
    expect(policy).toMatchObject({ gate: 'shop', provider: 'handoff' });
    expect(tree.exists('orchestra/CONVENTIONS.md') && tree.exists('orchestra/ARCHITECTURE.md')).toBe(true);
    expect(tree.read('.gitignore', 'utf-8')).toMatch(/^\.orchestra\/$/m);
  });

  it('changes nothing when it is run again', async () => {
    await initGenerator(tree, { gate: 'shop' });
    const once = snapshot(tree);
    await initGenerator(tree, { gate: 'another' });
    expect(snapshot(tree)).toEqual(once);
  });

  it('names the gate in a policy that has none, and touches nothing else in it', async () => {
    tree.write('orchestra/orchestra.json', '{\n  // ours\n  "provider": "handoff"\n}\n');
    await initGenerator(tree, { gate: 'shop' });
    expect(tree.read('orchestra/orchestra.json', 'utf-8')).toBe('{\n  "gate": "shop",\n  // ours\n  "provider": "handoff"\n}\n');
  });

  it('starts what is outside the core as evaluated, and the core enforced', async () => {
    await initGenerator(tree, {});
    const { checks } = policySchema.parse(JSON.parse(tree.read('orchestra/orchestra.json', 'utf-8') ?? ''));
    expect(allChecks.filter((check) => check.core).map((check) => check.name)).toContain('test-integrity');
    expect(checks).toEqual(Object.fromEntries(allChecks.filter((check) => !check.core).map((check) => [check.name, 'evaluated'])));
  });

  it('keeps what a workspace has: its plugins, its ignore lines with their endings, its policy', async () => {
    tree.write('nx.json', JSON.stringify({ plugins: ['@nx/vite/plugin', { plugin: '@aisha/orchestra/plugin', options: { targetName: 'judge' } }] }));
    tree.write('.gitignore', 'dist\r\n');
    tree.write('orchestra/orchestra.json', '{"gate":"mine"}');
    await initGenerator(tree, { gate: 'shop' });
    expect(readNxJson(tree)?.plugins).toEqual(['@nx/vite/plugin', { plugin: '@aisha/orchestra/plugin', options: { targetName: 'judge' } }]);
    expect(tree.read('.gitignore', 'utf-8')).toBe('dist\r\n.orchestra/\r\n');
    expect(tree.read('orchestra/orchestra.json', 'utf-8')).toBe('{"gate":"mine"}');
  });

  it('leaves import edges to @nx/js where a workspace has it', async () => {
    tree.write('package.json', JSON.stringify({ devDependencies: { '@nx/js': '23.0.0' } }));
    await initGenerator(tree, {});
    expect(readNxJson(tree)?.pluginsConfig).toBeUndefined();
  });
});

it('names a schema that the package ships', async () => {
  const seeded = createTreeWithEmptyWorkspace();
  await initGenerator(seeded, {});
  const { $schema } = JSON.parse(seeded.read('orchestra/orchestra.json', 'utf-8') ?? '{}') as { readonly $schema: string };
  const shipped = /^\.\.\/node_modules\/@aisha\/orchestra\/dist\/(.+)$/.exec($schema)?.[1] ?? '';
  expect(existsSync(join(__dirname, '../..', shipped))).toBe(true);
});

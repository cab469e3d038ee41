import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratorCallback, getProjects, type NxJsonConfiguration, parseJson, readNxJson, type Tree, updateNxJson } from '@nx/devkit';
import { applyEdits, modify } from 'jsonc-parser';
import { policyPath } from '../../orchestrator/policy-path';
import { addLines } from './add-lines';
import type { InitGeneratorSchema } from './schema';

const plugin = '@aisha/orchestra/plugin';
const syncGenerator = '@aisha/orchestra:sync';

/**
 * Adds what the plugin needs and seeds `orchestra/`. Needs no network, formats nothing and overwrites nothing, so that a
 * second run changes nothing.
 */
export async function initGenerator(tree: Tree, options: InitGeneratorSchema): Promise<GeneratorCallback> {
  registerPlugin(tree);
  seed(tree, policyPath, `${JSON.stringify(policyOf(tree, options), undefined, 2)}\n`);
  nameGate(tree, options.gate);
  for (const name of ['ARCHITECTURE.md', 'CONVENTIONS.md']) {
    seed(tree, `orchestra/${name}`, readFileSync(join(__dirname, 'files', name), 'utf8'));
  }
  seed(tree, 'orchestra/goals/.gitkeep', '');
  seed(tree, 'orchestra/context/.gitkeep', '');
  addLines(tree, '.gitignore', ['.orchestra/']);
  addLines(tree, '.gitattributes', ['orchestra/waves/** linguist-generated=true', 'orchestra/context/** linguist-generated=true', 'orchestra/recordings/** -text']);
  return () => {
    process.stdout.write(`${nextSteps(tree)}\n`);
  };
}

function nextSteps(tree: Tree): string {
  const { gate } = parseJson<{ readonly gate?: string }>(tree.read(policyPath, 'utf-8') ?? '{}');
  return [
    'Next:',
    ...(gate === undefined ? ['  nx g @aisha/orchestra:init --gate=<project>    # the one whose tests go through the whole application'] : []),
    '  git add -A && git commit    # waves start from a commit',
    '  nx g @aisha/orchestra:wave --title="…" --description="what happens, what should happen"',
  ].join('\n');
}

export default initGenerator;

function registerPlugin(tree: Tree): void {
  const nxJson: NxJsonConfiguration = readNxJson(tree) ?? {};
  const plugins = nxJson.plugins ?? [];
  const registered = plugins.some((entry) => (typeof entry === 'string' ? entry : entry.plugin) === plugin);
  const globalGenerators = nxJson.sync?.globalGenerators ?? [];
  const next: NxJsonConfiguration = {
    ...nxJson,
    ...(registered ? {} : { plugins: [...plugins, { plugin }] }),
    ...(globalGenerators.includes(syncGenerator) ? {} : { sync: { ...nxJson.sync, globalGenerators: [...globalGenerators, syncGenerator] } }),
    ...importEdges(tree, nxJson),
  };
  if (JSON.stringify(next) !== JSON.stringify(nxJson)) {
    updateNxJson(tree, next);
  }
}

/** Without an @nx/js package, Nx draws no edges from imports unless told to, and a plan on no edges is no plan. */
function importEdges(tree: Tree, nxJson: NxJsonConfiguration): Partial<NxJsonConfiguration> {
  const manifest = JSON.parse(tree.read('package.json', 'utf-8') ?? '{}') as { readonly dependencies?: object; readonly devDependencies?: object };
  const hasNxPlugin = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).some((name) => name.startsWith('@nx/') && name !== '@nx/devkit');
  if (hasNxPlugin || nxJson.pluginsConfig?.['@nx/js'] !== undefined) {
    return {};
  }
  return { pluginsConfig: { ...nxJson.pluginsConfig, '@nx/js': { analyzeSourceFiles: true } } };
}

function policyOf(tree: Tree, options: InitGeneratorSchema): object {
  const gate = options.gate ?? guessGate(tree);
  return {
    $schema: '../node_modules/@aisha/orchestra/dist/model/orchestra.schema.json',
    ...(gate === undefined ? {} : { gate }),
    provider: 'handoff',
    // Outside the core of isolation, auth, secrets, integrity and protected paths a new workspace watches before it blocks.
    checks: { proof: 'evaluated', 'blast-radius': 'evaluated', 'bugfix-law': 'evaluated', 'feature-law': 'evaluated' },
    ...(options.preset === undefined || options.preset === 'none' ? {} : { preset: options.preset }),
  };
}

/** `nx add` passes no options on, so the gate is often named by a second run. One that is named already stays. */
function nameGate(tree: Tree, gate: string | undefined): void {
  const text = tree.read(policyPath, 'utf-8') ?? '';
  if (gate === undefined || parseJson<{ readonly gate?: string }>(text).gate !== undefined) {
    return;
  }
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  tree.write(policyPath, applyEdits(text, modify(text, ['gate'], gate, { formattingOptions, getInsertionIndex: () => 0 })));
}

/** With one project there is nothing to ask. With several and no answer the gate stays open: `wave` says how to set it. */
function guessGate(tree: Tree): string | undefined {
  const names = [...getProjects(tree).keys()].sort();
  return names.length === 1 ? names[0] : undefined;
}

function seed(tree: Tree, path: string, text: string): void {
  if (!tree.exists(path)) {
    tree.write(path, text);
  }
}

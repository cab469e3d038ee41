import { join } from 'node:path';
import { houseBreaches, legalPureCode, localeBreaches, pureBreaches } from './lint-breaches';
import { type Files, plantWorkspace, workspaceRoot } from './planted-workspace';

interface Message {
  readonly ruleId: string | null;
  readonly message: string;
}
interface Restriction {
  readonly name?: string;
  readonly object?: string;
  readonly property?: string;
  readonly selector?: string;
  readonly message: string;
}
type Rules = Readonly<Record<string, readonly [number, ...Restriction[]]>>;

const plugin = 'packages/orchestra/src';
const pureFolders = ['model', 'graph', 'patch', 'syntax', 'context-hub', 'specialists', 'validator', 'validator/checks', 'orchestrator', 'orchestrator/plan', 'report', 'testing'];
const edgeFiles = ['io/legal.ts', 'generators/wave/legal.ts', 'executors/gate/legal.ts', 'bin/legal.ts', 'plugin.ts', 'validator/legal.io.spec.ts'];
const touchesTheWorld = 'export const now = () => [Date.now(), process.pid, Math.random(), setTimeout, fetch, console];\n';
const usesTheLocale = "export const order = 'a'.localeCompare('b');\n";
const switchesOff = '/* eslint-disable */\nexport const now = Date.now();\n';

const breaches = Object.entries({ ...pureBreaches, ...localeBreaches, ...houseBreaches });
const pathOf = (index: number) => `${plugin}/validator/breach-${index}.ts`;

const files: Files = {
  ...Object.fromEntries(breaches.map(([, code], index) => [pathOf(index), `${code}\n`])),
  ...Object.fromEntries(pureFolders.map((folder) => [`${plugin}/${folder}/folder.ts`, touchesTheWorld])),
  [`${plugin}/at-root.ts`]: touchesTheWorld,
  [`${plugin}/validator/pure.spec.ts`]: touchesTheWorld,
  ...Object.fromEntries(edgeFiles.map((file) => [`${plugin}/${file}`, touchesTheWorld])),
  [`${plugin}/graph/measures.spec.ts`]: 'export const begin = performance.now();\n',
  [`${plugin}/io/locale.ts`]: usesTheLocale,
  [`${plugin}/graph/switched-off.ts`]: switchesOff,
  [`${plugin}/model/legal.ts`]: `${legalPureCode}\n`,
};

const configArguments = ['--config', join(workspaceRoot, 'eslint.config.mjs')];
let messages: ReadonlyMap<string, readonly Message[]>;
let pureRules: Rules;

beforeAll(() => {
  const workspace = plantWorkspace(files);
  try {
    const { stdout } = workspace.run('eslint', ...configArguments, '--format', 'json', 'packages');
    const results = JSON.parse(stdout) as readonly { readonly filePath: string; readonly messages: readonly Message[] }[];
    messages = new Map(results.map((result) => [result.filePath.slice(workspace.path.length + 1).replaceAll('\\', '/'), result.messages]));
    const printed = workspace.run('eslint', ...configArguments, '--print-config', `${plugin}/validator/breach-0.ts`);
    pureRules = (JSON.parse(printed.stdout) as { readonly rules: Rules }).rules;
  } finally {
    workspace.dispose();
  }
}, 60_000);

const about = (path: string) => messages.get(path) ?? [];
const keyOf = ({ name, object, property, selector }: Restriction) => name ?? selector ?? `${object}.${property}`;

/** Every restriction in force in a pure folder, by the key that its breach must have, with its message. */
function restrictions(): ReadonlyMap<string, string> {
  const rows = Object.entries(pureRules)
    .filter(([id]) => id.startsWith('no-restricted-'))
    .flatMap(([id, [, ...options]]) => options.map((option): [string, string] => [`${id} ${keyOf(option)}`, option.message]));
  return new Map(rows);
}

it('has a planted breach for every restriction, and none for restrictions that are gone', () => {
  const planted = [...Object.keys(pureBreaches), ...Object.keys(localeBreaches)];
  expect(planted.sort()).toEqual([...restrictions().keys()].sort());
});

it('says for every restriction what to do instead', () => {
  expect([...restrictions()].filter(([, message]) => message.length < 20)).toEqual([]);
});

it.each(breaches.map(([key], index) => [key, index] as const))('%s is refused, and nothing else is said', (key, index) => {
  const said = about(pathOf(index));
  expect(said.map(({ ruleId }) => ruleId)).toEqual([key.split(' ')[0]]);
  expect(said[0]?.message).toContain(restrictions().get(key) ?? '');
});

it.each([...pureFolders.map((folder) => `${folder}/folder.ts`), 'at-root.ts', 'validator/pure.spec.ts'])('%s is pure code', (file) => {
  expect(about(`${plugin}/${file}`)).toHaveLength(6);
});

it.each(edgeFiles)('%s may touch the world', (file) => {
  expect(messages.has(`${plugin}/${file}`)).toBe(true);
  expect(about(`${plugin}/${file}`)).toEqual([]);
});

it('lets a spec of pure code measure how long it takes', () => {
  expect(messages.has(`${plugin}/graph/measures.spec.ts`)).toBe(true);
  expect(about(`${plugin}/graph/measures.spec.ts`)).toEqual([]);
});

it('refuses what depends on the locale at the edge as well', () => {
  expect(about(`${plugin}/io/locale.ts`).map(({ ruleId }) => ruleId)).toEqual(['no-restricted-syntax']);
});

it('lets no comment switch a rule off', () => {
  expect(about(`${plugin}/graph/switched-off.ts`).map(({ ruleId }) => ruleId)).toContain('no-restricted-globals');
});

it('says nothing about pure code that only looks like a breach', () => {
  expect(messages.has(`${plugin}/model/legal.ts`)).toBe(true);
  expect(about(`${plugin}/model/legal.ts`)).toEqual([]);
});

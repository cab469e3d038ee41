import { execFileSync } from 'node:child_process';
import config from '../../.dependency-cruiser.cjs';
import tools from '../package.json';
import { importBreaches, legalFiles } from './import-breaches';
import { type Files, plantWorkspace, workspaceRoot } from './planted-workspace';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
  readonly cycle?: readonly { readonly name: string }[];
}

const ruleNames = config.forbidden.map((rule) => rule.name);
/** The very command that `npm run check` runs. */
const [tool = '', ...args] = tools.nx.targets['import-rules'].command.split(' ');

function cruise(files: Files, ...more: readonly string[]) {
  const workspace = plantWorkspace(files);
  try {
    return workspace.run(tool, ...args, ...more);
  } finally {
    workspace.dispose();
  }
}

function violationsOf(files: Files): readonly Violation[] {
  const { stdout } = cruise(files, '--output-type', 'json');
  return (JSON.parse(stdout) as { readonly summary: { readonly violations: readonly Violation[] } }).summary.violations;
}

const names = (violations: readonly Violation[]) => [...new Set(violations.map((violation) => violation.rule.name))].sort();

/** One cruise serves every breach: each has files of its own, and what is said about those is what counts. */
const planted = Object.entries(importBreaches).flatMap(([rule, breaches]) => breaches.map((files) => ({ rule, files })));

let together: readonly Violation[];
beforeAll(() => {
  together = violationsOf(Object.assign({}, legalFiles, ...planted.map(({ files }) => files)) as Files);
}, 60_000);

it('has a planted breach for every rule, and none for rules that are gone', () => {
  expect(Object.keys(importBreaches).sort()).toEqual([...ruleNames].sort());
  expect(new Set(ruleNames).size).toBe(ruleNames.length);
});

it('says for every rule what to do instead, and makes it an error', () => {
  expect(config.forbidden.filter((rule) => rule.severity !== 'error' || rule.comment.length < 40)).toEqual([]);
});

it('speaks of folders that exist: a rule about a renamed one would never refuse anything', () => {
  const files = execFileSync('git', ['ls-files', 'packages'], { cwd: workspaceRoot, encoding: 'utf8' }).split('\n');
  const pathOf = (from: object) => ('path' in from && typeof from.path === 'string' ? new RegExp(from.path) : /^/);
  expect(config.forbidden.filter(({ from }) => !files.some((file) => pathOf(from).test(file))).map(({ name }) => name)).toEqual([]);
});

it('says nothing about a workspace that keeps the rules', () => {
  expect(violationsOf(legalFiles)).toEqual([]);
  expect(cruise(legalFiles).status).toBe(0);
}, 60_000);

it.each(planted.map(({ rule, files }) => [rule, Object.keys(files)[0] ?? '', files] as const))('%s alone refuses %s', (rule, path, files) => {
  const about = together.filter((violation) => violation.from in files || violation.cycle?.some(({ name }) => name in files));
  expect(names(about)).toEqual([rule]);
  expect(about.some((violation) => violation.from === path || violation.cycle?.some(({ name }) => name === path))).toBe(true);
});

it('fails the command of `npm run check` on a breach, with what to do instead', () => {
  const { status, stdout } = cruise({ ...legalFiles, 'packages/orchestra/src/graph/breach.ts': "import 'node:fs';\n" });
  expect(status).not.toBe(0);
  expect(stdout).toContain('Take the value as an argument');
}, 60_000);

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CreateNodesResult, CreateNodesV2, PostTasksExecution, PreTasksExecution, TargetConfiguration } from '@nx/devkit';
import { rangeInput } from './executors/validate-wave/range-input';
import { takeHandover } from './io/task-handover';

/**
 * Loaded by every nx command, so it stays this small: no zod, no ts-morph, no @nx/devkit value, few file reads.
 * Where package.json files alone make projects, the workspace's list of members is read too, and YAML only for pnpm's.
 * It gives every project the target `validate-wave`; the gate project's is the whole gate.
 */
export interface OrchestraPluginOptions {
  readonly targetName?: string;
}

export const createNodes: CreateNodesV2<OrchestraPluginOptions> = [
  '{package.json,**/package.json,**/project.json}',
  async (configFiles, options, context) => {
    const gate = gateProject(context.workspaceRoot);
    const targetName = options?.targetName ?? 'validate-wave';
    const { defaultBase, affected } = context.nxJsonConfiguration as { readonly defaultBase?: string; readonly affected?: { readonly defaultBase?: string } };
    const projectTarget = projectTargetFor(defaultBase ?? affected?.defaultBase ?? 'main');
    const targetOf = (name: string | undefined): Record<string, TargetConfiguration> => ({ [targetName]: name !== undefined && name === gate ? gateTarget : projectTarget });
    const isProject = await projectTest(configFiles, context.workspaceRoot);
    return configFiles.map((configFile) => [configFile, isProject(configFile) ? nodesFor(configFile, context.workspaceRoot, targetOf) : {}] as const);
  },
];

/** Nx before 24 looks for this name. */
export const createNodesV2 = createNodes;

/**
 * A project.json makes a project, a package.json does beside one or as a member of the package manager's workspace. The root
 * package.json of a workspace is none by itself.
 */
async function projectTest(configFiles: readonly string[], workspaceRoot: string): Promise<(configFile: string) => boolean> {
  const named = new Set(configFiles.filter(isProjectJson).map((configFile) => dirname(configFile)));
  const sure = (configFile: string) => isProjectJson(configFile) || named.has(dirname(configFile));
  const open = configFiles.filter((configFile) => !sure(configFile) && dirname(configFile) !== '.');
  if (open.length === 0) return sure;
  const { memberManifests } = await import('./io/workspace-members.js');
  const isMember = memberManifests(workspaceRoot);
  const members = new Set(open.filter(isMember));
  return (configFile) => sure(configFile) || members.has(configFile);
}

function isProjectJson(configFile: string): boolean {
  return basename(configFile) === 'project.json';
}

function nodesFor(configFile: string, workspaceRoot: string, targetOf: (name: string | undefined) => Record<string, TargetConfiguration>): CreateNodesResult {
  const root = dirname(configFile);
  // A folder with both files must not get the target twice.
  if (isProjectJson(configFile) && existsSync(join(workspaceRoot, root, 'package.json'))) {
    return {};
  }
  return { projects: { [root]: { targets: targetOf(projectName(join(workspaceRoot, root))) } } };
}

const executor = '@aisha/orchestra:validate-wave';

/** Runs other tasks and reads git, so a cached answer would be an old one. */
const gateTarget = { executor, cache: false, parallelism: false, options: { scope: 'gate' }, inputs: ['default', '^default'] };

/**
 * Static and dependency-free: cached by its files and by the commits that are compared. Not by the named input `default`,
 * which a workspace may narrow: the judge sees every file. The outputs are files and not their folder, in which the
 * reports of the projects below this one lie.
 */
function projectTargetFor(defaultBase: string): TargetConfiguration {
  const range = rangeInput(defaultBase);
  return {
    executor,
    cache: range !== undefined,
    options: { scope: 'project' },
    inputs: ['{projectRoot}/**/*', '^default', '{workspaceRoot}/orchestra/orchestra.json', ...(range === undefined ? [] : [{ runtime: range }])],
    outputs: ['report.json', 'report.md', 'report.sarif', 'summary.md'].map((file) => `{workspaceRoot}/.orchestra/reports/projects/{projectRoot}/${file}`),
  };
}

function projectName(folder: string): string | undefined {
  const project = readJson(join(folder, 'project.json'));
  const manifest = readJson(join(folder, 'package.json'));
  const inManifest = manifest?.['nx'];
  const named = typeof inManifest === 'object' && inManifest !== null && 'name' in inManifest ? inManifest.name : undefined;
  const name = project?.['name'] ?? named ?? manifest?.['name'];
  return typeof name === 'string' ? name : undefined;
}

function gateProject(workspaceRoot: string): string | undefined {
  const gate = readJson(join(workspaceRoot, 'orchestra/orchestra.json'))?.['gate'];
  return typeof gate === 'string' ? gate : undefined;
}

/** Unreadable means absent here: the commands that need the file say what is wrong with it, every other nx command must still run. */
function readJson(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

const handover = takeHandover();

/** The public per-task result hook of Nx: how the gate learns what its child run did, cache hits included. */
export const postTasksExecution: PostTasksExecution<OrchestraPluginOptions> = async (_options, context) => {
  if (handover !== undefined) {
    const { recordTaskResults } = await import('./io/task-results.js');
    await recordTaskResults(handover, context);
  }
};

/** Hands the range of `nx affected --base` on to the target. Nx passes on what a hook writes to `process.env`, to hashes and tasks alike. */
export const preTasksExecution: PreTasksExecution<OrchestraPluginOptions> = async (options, { argv, workspaceRoot }) => {
  const { affectedRange } = await import('./executors/validate-wave/affected-range.js');
  Object.assign(process.env, affectedRange(argv, options?.targetName ?? 'validate-wave', workspaceRoot));
};

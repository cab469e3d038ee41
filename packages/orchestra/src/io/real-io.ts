import { createGit } from './git-command';
import { createRepository } from './git-repository';
import { createIndexCache } from './index-cache';
import { checkIgnored } from './check-ignored';
import { guardLocalState } from './local-state';
import { createHandoffModel } from './models/handoff';
import { createWorkspace } from './nx-workspace';
import { type Policy, policySchema, type ProviderName } from '../model';
import { once } from './once';
import type { Io, LanguageModel, ScratchTrees, TargetRunner, TestRunner } from './ports';
import { createProgress } from './progress';
import { checkRealPaths } from './real-paths';
import { rememberCommit } from './remember-commit';
import { createSecretScanner } from './secret-scanner';
import { createWaveRecords } from './wave-records';

export interface IoOptions {
  readonly provider: ProviderName;
  /** Its `openai` and `command` are the settings of these providers. Default: every default. */
  readonly policy?: Policy;
  /** Writes every reply where `replay` finds it. */
  readonly record?: boolean;
  /** With openai: tokens that the goal may cost, instead of the policy's. */
  readonly goalTokens?: number;
  /** With replay: refuse a recording whose prompt has changed. */
  readonly strict?: boolean;
  /** Neighbours of this root that were asked something already. */
  readonly opened?: FirstNeighbours;
  /** Notes only, no steps. */
  readonly quiet?: boolean;
}

/**
 * The world of one workspace. Building it reads nothing: every neighbour begins when it is first asked, and the heavy
 * ones are loaded then; most commands only plan. What is wrong with the workspace is said by the first question that needs it.
 */
export async function createIo(root: string, options: IoOptions): Promise<Io> {
  const { repository, workspace, secrets, guardState } = options.opened ?? openNeighbours(root);
  const progress = createProgress({ quiet: options.quiet === true });
  const scratch = scratchLater(async () => (await import('./scratch-trees.js')).createScratchTrees(repository));
  return {
    repository, workspace, progress,
    index: createIndexCache(root, undefined, guardState),
    scratch,
    tests: testsLater(async () => (await import('./test-runner.js')).createTestRunner(repository)),
    targets: targetsLater(async () => (await import('./target-runner.js')).createTargetRunner(root, { repository, graph: workspace.graph, note: progress.note })),
    model: await modelOf(root, options, { repository, scratch, secrets, progress }),
    records: createWaveRecords(root, guardState),
    secrets,
    checkRealPaths: async (paths) => {
      const refused = await checkRealPaths(root, paths);
      // Git cannot be asked about a path behind a link, and need not be: it is refused already.
      return refused.length > 0 ? refused : checkIgnored(createGit(root), paths);
    },
  };
}

/** Those that need no policy, which is read through one of them. */
export interface FirstNeighbours extends Pick<Io, 'repository' | 'workspace' | 'secrets'> {
  guardState(): Promise<void>;
}

/** @param graphMadeByNx the graph that Nx made for the command that runs is still the workspace's: no need to make it again */
export function openNeighbours(root: string, graphMadeByNx = false): FirstNeighbours {
  return { repository: rememberCommit(createRepository(root)), workspace: createWorkspace(root, graphMadeByNx), secrets: createSecretScanner(), guardState: guardLocalState(root) };
}

function scratchLater(load: () => Promise<ScratchTrees>): ScratchTrees {
  const scratch = once(load);
  return { create: async (commit) => (await scratch()).create(commit) };
}

function testsLater(load: () => Promise<TestRunner>): TestRunner {
  const tests = once(load);
  return { run: async (request) => (await tests()).run(request), containment: async () => (await tests()).containment() };
}

function targetsLater(load: () => Promise<TargetRunner>): TargetRunner {
  const targets = once(load);
  return {
    run: async (request) => (await targets()).run(request),
    runIn: async (tree, pairs) => (await targets()).runIn(tree, pairs),
    containment: async () => (await targets()).containment(),
  };
}

type ModelWorld = Pick<Io, 'repository' | 'scratch' | 'secrets' | 'progress'>;

async function modelOf(root: string, options: IoOptions, world: ModelWorld): Promise<LanguageModel> {
  const model = await providerOf(root, options, world);
  return options.record === true && options.provider !== 'replay' ? (await import('./models/record-replies.js')).recordReplies(root, model) : model;
}

async function providerOf(root: string, options: IoOptions, world: ModelWorld): Promise<LanguageModel> {
  const environment = process.env;
  switch (options.provider) {
    case 'handoff':
      return createHandoffModel(root, world.progress);
    case 'replay':
      return (await import('./models/replay.js')).createReplayModel(root, options.strict === undefined ? {} : { strict: options.strict });
    case 'command':
      return (await import('./models/command/command.js')).createCommandModel(root, { settings: policyOf(options).command, environment, ...world });
    case 'openai':
      return (await import('./models/openai/openai.js')).createOpenAiModel(root, { settings: policyOf(options).openai, environment, progress: world.progress, ...(options.goalTokens === undefined ? {} : { goalTokens: options.goalTokens }) });
  }
}

function policyOf({ policy }: IoOptions): Policy {
  return policy ?? policySchema.parse({});
}

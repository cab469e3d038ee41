import { createGit } from './git-command';
import { createRepository } from './git-repository';
import { createIndexCache } from './index-cache';
import { checkIgnored } from './check-ignored';
import { createCommandModel } from './models/command/command';
import { createHandoffModel } from './models/handoff';
import { createOpenAiModel } from './models/openai/openai';
import { recordReplies } from './models/record-replies';
import { createReplayModel } from './models/replay';
import { createWorkspace } from './nx-workspace';
import { type Policy, policySchema, type ProviderName } from '../model';
import type { Io, LanguageModel } from './ports';
import { createProgress } from './progress';
import { checkRealPaths } from './real-paths';
import { createScratchTrees } from './scratch-trees';
import { createSecretScanner } from './secret-scanner';
import { createTargetRunner } from './target-runner';
import { createTestRunner } from './test-runner';
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
  /** The graph that Nx made for the command that runs is still the workspace's: no need to make it again. */
  readonly graphMadeByNx?: boolean;
  /** Notes only, no steps. */
  readonly quiet?: boolean;
}

/**
 * The world of one workspace. Building it reads nothing: every neighbour begins when it is first asked, and the heavy
 * ones load their libraries then. What is wrong with the workspace is said by the first question that needs it.
 */
export async function createIo(root: string, options: IoOptions): Promise<Io> {
  const repository = createRepository(root);
  const progress = createProgress({ quiet: options.quiet === true });
  const workspace = createWorkspace(root, options.graphMadeByNx);
  const scratch = createScratchTrees(repository);
  const secrets = createSecretScanner();
  return {
    repository, workspace, progress,
    index: createIndexCache(root),
    scratch,
    tests: createTestRunner(repository),
    targets: createTargetRunner(root, { repository, graph: workspace.graph, note: progress.note }),
    model: modelOf(root, options, { repository, scratch, secrets, progress }),
    records: createWaveRecords(root),
    secrets,
    checkRealPaths: async (paths) => {
      const refused = await checkRealPaths(root, paths);
      // Git cannot be asked about a path behind a link, and need not be: it is refused already.
      return refused.length > 0 ? refused : checkIgnored(createGit(root), paths);
    },
  };
}

type ModelWorld = Pick<Io, 'repository' | 'scratch' | 'secrets' | 'progress'>;

function modelOf(root: string, options: IoOptions, world: ModelWorld): LanguageModel {
  const model = providerOf(root, options, world);
  return options.record === true && options.provider !== 'replay' ? recordReplies(root, model) : model;
}

function providerOf(root: string, options: IoOptions, world: ModelWorld): LanguageModel {
  const policy = options.policy ?? policySchema.parse({});
  switch (options.provider) {
    case 'handoff':
      return createHandoffModel(root, world.progress);
    case 'replay':
      return createReplayModel(root, options.strict === undefined ? {} : { strict: options.strict });
    case 'command':
      return createCommandModel(root, { settings: policy.command, environment: process.env, ...world });
    case 'openai':
      return createOpenAiModel(root, { settings: policy.openai, environment: process.env, progress: world.progress, ...(options.goalTokens === undefined ? {} : { goalTokens: options.goalTokens }) });
  }
}

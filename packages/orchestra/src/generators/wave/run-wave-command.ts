import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { awaitRunningGate } from '../../io/gate-turn';
import { dropJournal, type Recovery, recoverJournals } from '../../io/journal';
import { draftFolder } from '../../io/local-state';
import type { Io } from '../../io/ports';
import { createIo, type FirstNeighbours, openNeighbours } from '../../io/real-io';
import { removeStaleDrafts } from '../../io/remove-stale-drafts';
import { removeStaleScratchFolders } from '../../io/scratch-folders';
import { acquireLock } from '../../io/wave-lock';
import { OrchestraError, type OrchestrationGoal, type Policy, type ProviderName, type WaveState } from '../../model';
import { isCommitted } from '../../orchestrator/is-committed';
import { historyDepth } from '../../orchestrator/make-plan';
import { readPolicy } from '../../orchestrator/read-policy';
import { isOnTree, refuseCommand, type WaveCommand } from '../../orchestrator/wave-lifecycle';
import { isTreeAsRead } from './is-tree-as-read';
import { removeRecords } from './remove-records';
import type { WaveGeneratorSchema } from './schema';
import { askersIn, startWave } from './start-wave';
import { takeGoal } from './take-goal';

/** What the generator does last. `afterFlush` runs once the Tree is on disk and decides the exit code then. */
export interface CommandEnding {
  readonly exitCode: 0 | 1 | 2;
  readonly say: string;
  readonly afterFlush?: () => Promise<{ readonly exitCode: 0 | 1 | 2; readonly say: string }>;
}

export interface CommandContext {
  readonly tree: Tree;
  readonly io: Io;
  readonly policy: Policy;
  readonly base: string;
  readonly provider: ProviderName;
  readonly options: WaveGeneratorSchema;
  readonly dryRun: boolean;
}

/** Which command the flags spell, what it needs before it may begin, and who carries it out. */
export async function runWaveCommand(tree: Tree, options: WaveGeneratorSchema): Promise<CommandEnding> {
  const command = commandOf(options);
  const dryRun = process.env['NX_DRY_RUN'] === 'true';
  const lock = dryRun ? undefined : await acquireLock(tree.root, `wave ${command}`);
  let ending: CommandEnding | undefined;
  try {
    await (dryRun ? undefined : awaitRunningGate(tree.root, `wave ${command}`, (line) => process.stderr.write(`${line}\n`)));
    const context = await openContext(tree, options, command, dryRun);
    ending = await carryOut(command, context);
    return lock === undefined || ending.afterFlush === undefined ? ending : releasing(ending, lock.release);
  } finally {
    if (ending?.afterFlush === undefined) {
      await lock?.release();
    }
  }
}

function commandOf(options: WaveGeneratorSchema): WaveCommand {
  const given = (['continue', 'followUps', 'retry', 'undo'] as const).filter((name) => options[name] !== undefined);
  const starts = options.goal !== undefined || options.title !== undefined;
  const mistakes = [
    ...(given.length + (starts ? 1 : 0) > 1 ? [`one command at a time: ${[...given.map((name) => `--${name}`), ...(starts ? ['a goal'] : [])].join(', ')}`] : []),
    ...(options.only !== undefined && options.followUps === undefined ? ['--only goes with --followUps'] : []),
    ...(options.planner === 'model' && options.followUps !== undefined ? ['--planner=model plans a goal, and --followUps is planned from what was filed'] : []),
    ...(options.answer !== undefined && options.continue === undefined ? ['--answer goes with --continue'] : []),
    ...(options.acceptRisk !== undefined && options.continue === undefined ? ['--acceptRisk goes with --continue'] : []),
    ...(options.acceptRisk !== undefined && options.acceptRisk.trim() === '' ? ['--acceptRisk needs the reason, in words'] : []),
  ];
  if (mistakes.length > 0) {
    throw new OrchestraError('input', ['These flags do not go together:', ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
  }
  return given[0] ?? 'start';
}

async function openContext(tree: Tree, options: WaveGeneratorSchema, command: WaveCommand, dryRun: boolean): Promise<CommandContext> {
  const recovered = dryRun ? [] : await recoverJournals(tree.root);
  await (dryRun ? undefined : Promise.all([removeStaleScratchFolders(), removeStaleDrafts(join(tree.root, draftFolder))]));
  const opened = openNeighbours(tree.root, isTreeAsRead(options, recovered.length));
  const base = await opened.repository.head();
  if (command === 'start') {
    askAhead(opened, base);
  }
  const policy = await readPolicy(opened, base);
  const provider = options.provider ?? policy.provider ?? 'handoff';
  const { strict, record, goalTokens } = options;
  const io = await createIo(tree.root, {
    provider, policy, opened, ...(strict === undefined ? {} : { strict }), ...(record === undefined ? {} : { record }), ...(goalTokens === undefined ? {} : { goalTokens }),
  });
  for (const each of recovered) {
    await recordRecovery({ root: tree.root, io, base }, each);
  }
  return { tree, io, policy, base, provider, options, dryRun };
}

/**
 * What every plan begins with: git works, and the scanner loads its rules, while policy and goal are read. Who needs an answer that
 * failed asks again, and is told.
 */
function askAhead({ repository, workspace, secrets, guardState }: FirstNeighbours, base: string): void {
  void Promise.allSettled([repository.listTree(base), repository.history(base, historyDepth), guardState(), workspace.graph(), secrets.redact('')]);
}

/** A flush that was taken back leaves the try as it was before it: its replies are there, so it can be continued. */
async function recordRecovery(place: { readonly root: string; readonly io: Io; readonly base: string }, recovery: Recovery): Promise<void> {
  const { io } = place;
  const { goalId, wave, outcome, kept } = recovery;
  const state = await io.records.readState(goalId);
  if (state !== undefined && outcome !== 'finished') {
    await removeRecords(place, recovery, true);
    await io.records.writeState({ ...state, state: outcome === 'undone' ? 'asked' : 'undone', sent: outcome === 'undone' ? {} : state.sent, applied: {} });
  }
  const words = { finished: 'half written: it is finished', undone: 'half written: it is undone', 'given-back': 'half undone: it is undone' }[outcome];
  io.progress.note(`A killed run left wave ${wave} of "${goalId}" ${words}.${kept.length > 0 ? ` Your edits were kept: ${kept.join(', ')}` : ''}`);
}

async function carryOut(command: WaveCommand, context: CommandContext): Promise<CommandEnding> {
  const { options } = context;
  if (command === 'start') {
    const goal = takeGoal(context.tree.root, options, (await context.io.workspace.graph()).projects.map((project) => project.name));
    await refuseUnlessLegal(context, command, goal.id);
    await refuseOtherOpenWave(context, goal.id);
    return startWave(context, { goal: await withoutSecrets(context.io, goal), wave: 1, findings: [] });
  }
  const goalId = options[command] ?? '';
  const state = await refuseUnlessLegal(context, command, goalId);
  await refuseOtherOpenWave(context, goalId);
  if (command === 'continue') {
    return continueWave(context, state);
  }
  if (command === 'followUps') {
    return (await import('./follow-ups.js')).startFollowUps(context, state);
  }
  return (await import('./undo-wave.js')).undoWave(context, state, command === 'retry');
}

async function continueWave(context: CommandContext, state: WaveState): Promise<CommandEnding> {
  const { options, io } = context;
  const plan = await io.records.readPlan(state.goalId);
  if (plan === undefined) {
    throw new OrchestraError('state', `orchestra/waves/${state.goalId}/plan.json is gone. Start again with the goal file.`);
  }
  if (state.state === 'applied') {
    const start = { goal: plan.goal, wave: state.wave, findings: [] };
    const say = `Wave ${state.wave} of "${state.goalId}" is in the tree and not judged yet.`;
    return context.dryRun ? { exitCode: 0, say } : { exitCode: 0, say, afterFlush: async () => (await import('./judge-applied.js')).judgeApplied({ ...context, base: state.base }, start, plan) };
  }
  const done = ['accepted', 'blocked', 'unjudged', 'committed'].includes(state.state) && state.question === undefined;
  if (done && !context.dryRun) {
    await dropJournal(context.tree.root, state);
    await io.records.writeState({ ...state, state: 'committed', ...(options.acceptRisk === undefined ? {} : { acceptedRisk: options.acceptRisk }) });
  }
  const answers = options.answer === undefined || state.question === undefined ? [] : [{ question: state.question.text, answer: options.answer }];
  const goal: OrchestrationGoal = answers.length === 0 ? plan.goal : { ...plan.goal, answers: [...(plan.goal.answers ?? []), ...answers] };
  return startWave(context, {
    goal: await withoutSecrets(io, goal), wave: done ? state.wave + 1 : state.wave, ...(done ? { findings: [] } : { findings: state.findings, rounds: state.rounds }),
    ...askersIn(state),
    // A plan made on another commit is planned again: its ranking and hashes are of another tree. Later waves keep theirs.
    ...(plan.base === context.base || done || state.wave > 1 ? { plan: { ...plan, goal } } : {}),
  });
}

async function refuseUnlessLegal(context: CommandContext, command: WaveCommand, goalId: string): Promise<WaveState> {
  const state = (await context.io.records.readState(goalId)) ?? (command === 'followUps' ? await (await import('./follow-ups.js')).doneElsewhere(context, goalId) : undefined);
  const acceptedRisk = context.options.acceptRisk;
  if (acceptedRisk !== undefined && state !== undefined && state.question === undefined && Object.keys(state.applied).length > 0 && ['blocked', 'unjudged'].includes(state.state) && !context.dryRun) {
    // Kept although it may still have to be committed: the reason is given once, and --continue alone goes on then.
    await context.io.records.writeState({ ...state, acceptedRisk });
  }
  const refusal = refuseCommand({
    command, state, committed: state !== undefined && (await isCommitted(context.io, state)),
    acceptsRisk: context.options.acceptRisk !== undefined, answers: context.options.answer !== undefined,
    started: state === undefined ? (await context.io.records.states()).map((each) => each.goalId) : [],
  });
  if (refusal !== undefined) {
    throw new OrchestraError('state', refusal);
  }
  return state ?? { version: 1, goalId, wave: 1, state: 'planned', base: context.base, provider: context.provider, rounds: {}, sent: {}, findings: [], applied: {} };
}

/** Two waves in one tree could not be told apart by the judge, and neither could be undone alone. */
async function refuseOtherOpenWave(context: CommandContext, goalId: string): Promise<void> {
  for (const state of await context.io.records.states()) {
    if (state.goalId !== goalId && isOnTree({ state, committed: await isCommitted(context.io, state) })) {
      throw new OrchestraError('state', `Wave ${state.wave} of "${state.goalId}" is ${state.state} and not committed. Commit it, or give the tree back with --undo=${state.goalId}; then start this one.`);
    }
  }
}

/** Goals are pasted from tickets and logs, and what is pasted there is written to disk and sent: secrets go first. */
async function withoutSecrets(io: Io, goal: OrchestrationGoal): Promise<OrchestrationGoal> {
  const redact = async (text: string): Promise<string> => (await io.secrets.redact(text)).text;
  return {
    ...goal,
    title: await redact(goal.title),
    description: await redact(goal.description),
    ...(goal.stackTrace === undefined ? {} : { stackTrace: await redact(goal.stackTrace) }),
    ...(goal.logs === undefined ? {} : { logs: await redact(goal.logs) }),
    ...(goal.answers === undefined ? {} : { answers: await Promise.all(goal.answers.map(async (each) => ({ question: await redact(each.question), answer: await redact(each.answer) }))) }),
  };
}

function releasing(ending: CommandEnding, release: () => Promise<void>): CommandEnding {
  return {
    ...ending,
    afterFlush: async () => {
      try {
        return (await ending.afterFlush?.()) ?? { exitCode: ending.exitCode, say: '' };
      } finally {
        await release();
      }
    },
  };
}

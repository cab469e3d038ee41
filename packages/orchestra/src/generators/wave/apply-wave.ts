import type { Tree } from '@nx/devkit';
import { beginJournal, finishJournal } from '../../io/journal';
import { gitBlobId } from '../../model/canonical-json';
import { OrchestraError, type FileTexts, type WaveState } from '../../model';
import { packetLockRecord, planRecords } from '../../orchestrator/record-files';
import type { WaveOutcome } from '../../orchestrator/run-wave';
import { checkPath } from '../../patch/check-path';
import { matchesGlobs } from '../../patch/matches-globs';
import { refreshContext } from '../sync/refresh-context';
import { judgeApplied } from './judge-applied';
import type { CommandContext, CommandEnding } from './run-wave-command';
import type { WaveStart } from './start-wave';

type Ready = Extract<WaveOutcome, { kind: 'ready' }>;

/**
 * Puts a rehearsed wave into the Nx Tree: stale files refused, edits, records, refreshed context, every change of the Tree
 * checked once more, then the journal. Nx flushes when the generator returns; the gate runs after that.
 */
export async function applyWave(context: CommandContext, start: WaveStart, outcome: Ready, state: WaveState): Promise<CommandEnding> {
  const { tree, io, policy, base } = context;
  const { changed, deleted, tasks } = outcome.answers;
  await io.records.writeState({ ...state, state: 'answered' });
  await refuseStale(context, [...changed.keys(), ...deleted]);
  const before = await io.repository.readTexts(base, [...changed.keys()]);
  for (const [path, text] of changed) {
    tree.write(path, withLineEndingsOf(tree.read(path, 'utf-8'), before.get(path), text));
  }
  for (const path of deleted) {
    tree.delete(path);
  }
  writeRecords(tree, new Map([...planRecords(outcome.plan), ...packetLockRecord(start.goal.id, start.wave, tasks)]));
  await refreshContext(tree, io, policy);
  await refuseForeignChanges(context, start.goal.id, new Set([...changed.keys(), ...deleted]));
  const key = { goalId: start.goal.id, wave: start.wave };
  await beginJournal(tree.root, key, tree.listChanges().map((change) => ({ path: change.path, content: change.type === 'DELETE' ? undefined : (change.content ?? Buffer.alloc(0)) })));
  const applied = Object.fromEntries([...[...changed].map(([path, text]) => [path, gitBlobId(text)] as const), ...deleted.map((path) => [path, 'deleted'] as const)]);
  await io.records.writeState({ ...state, applied, sent: Object.fromEntries(tasks.map((each) => [each.task.id, each.conversation.rounds])) });
  return {
    exitCode: 0,
    say: `Writing ${changed.size + deleted.length} file(s) of wave ${start.wave} of "${start.goal.id}".`,
    afterFlush: async () => {
      await finishJournal(tree.root, key);
      return judgeApplied(context, start, outcome.plan);
    },
  };
}

/** The texts were edited as of the base commit; a file that is no longer that text would lose somebody's work. */
async function refuseStale(context: CommandContext, paths: readonly string[]): Promise<void> {
  const { tree, io, base } = context;
  const rejections = await io.checkRealPaths(paths);
  const texts = await io.repository.readTexts(base, paths);
  const stale = paths.filter((path) => normalised(tree.read(path, 'utf-8') ?? undefined) !== normalised(texts.get(path)));
  if (rejections.length > 0 || stale.length > 0) {
    throw new OrchestraError('state', [
      'The working tree is not what the wave was rehearsed on. Nothing was written:',
      ...rejections.map((rejection) => `  - ${rejection.path ?? ''}: ${rejection.because}`),
      ...stale.map((path) => `  - ${path}: changed since the wave began`),
    ].join('\n'));
  }
}

function normalised(text: string | undefined): string | undefined {
  return text?.replace(/\r\n/g, '\n');
}

/** Git may check a file out with CRLF while its blob has LF: the working file keeps the endings it has. */
function withLineEndingsOf(working: string | null, blob: string | undefined, text: string): string {
  const checkedOutWithCarriageReturns = working !== null && blob !== undefined && working.includes('\r\n') && !blob.includes('\r\n');
  return checkedOutWithCarriageReturns ? text.replace(/\r?\n/g, '\r\n') : text;
}

function writeRecords(tree: Tree, records: FileTexts): void {
  for (const [path, text] of records) {
    tree.write(path, text);
  }
}

/** The Tree refuses nothing itself, so its own list has the last word: proposed paths, this wave's records, the context. */
async function refuseForeignChanges(context: CommandContext, goalId: string, proposed: ReadonlySet<string>): Promise<void> {
  const paths = context.tree.listChanges().map((change) => change.path);
  const own = [`orchestra/waves/${goalId}/**`, 'orchestra/context/**'];
  const foreign = paths.filter((path) => !proposed.has(path) && !matchesGlobs(path, own));
  const refused = paths.flatMap((path) => checkPath(path) ?? []);
  const onDisk = await context.io.checkRealPaths(paths);
  if (foreign.length + refused.length + onDisk.length > 0) {
    throw new Error(`the Tree holds changes nobody proposed: ${[...foreign, ...refused, ...onDisk.map((rejection) => rejection.because)].join('; ')}`);
  }
}


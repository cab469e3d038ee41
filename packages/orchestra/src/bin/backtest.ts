import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hubVersion } from '../io/code-fingerprint';
import { createRepository } from '../io/git-repository';
import { createIndexCache } from '../io/index-cache';
import { createFolderModel } from '../io/models/folder';
import type { Repository } from '../io/ports';
import { createProgress } from '../io/progress';
import { rememberIndex } from '../io/remember-index';
import { createSecretScanner } from '../io/secret-scanner';
import { canonicalJson, OrchestraError, sha256, type BacktestCase, type BacktestSummary, type CaseResult } from '../model';
import { renderBacktest } from '../report/render-backtest';
import { renderCalibration } from '../report/render-calibration';
import { readCases } from '../orchestrator/backtest/read-cases';
import { recentFixes } from '../orchestrator/backtest/recent-fixes';
import { runCase, type CaseSettings, type CaseWorld } from '../orchestrator/backtest/run-case';
import type { OrderWorld } from '../orchestrator/order-by-model';
import { summariseCases } from '../orchestrator/backtest/summarise-cases';
import { calibrateWeights, fewestToCalibrate } from './calibrate-weights';

export const backtestUsage = `orchestra backtest --repo <clone or bare git dir> (--cases <jsonl> | --last <n>) [--except <jsonl>] [--budget <tokens>]
                   [--no-history] [--ranker model --handoff <folder>] [--calibrate] [--cache <folder>] [--json <file|->]

Ranks and packs for real past fixes, at the parent of each, and tells what of the fix was found. No checkout, and
no model but with --ranker model.
A case is a line {"id", "sha", "parent", "problemStatement"}; --last makes them of the newest fix commits (without those of --except).
Finished cases are kept under <folder>/.orchestra (default: here) and not run again. The summary goes to standard output,
or to standard error when the JSON goes there. Exit 0, or 2 on bad input.

--ranker model  also has a language model order the best 30 files: the prompts are written to <folder>/prompts/01.md and on,
                one a case, and replies taken from <folder>/replies/01.md and on; cases without one are counted and left
                out, and no case is kept.
--calibrate     with --last, ranks only: fits the weights of the ranked lists on the older two thirds of the fixes, asks the
                newest third whether they find more, and if so prints what would go into orchestra/orchestra.json. It
                writes nothing there.`;

interface BacktestOptions extends CaseSettings {
  readonly repo: string;
  readonly cases?: string;
  readonly last?: number;
  readonly except?: string;
  readonly cache: string;
  readonly calibrate: boolean;
  readonly json?: string;
  /** Folder of the ranker's prompts and replies. */
  readonly handoff?: string;
}

/** What a run of cases needs beside its arguments; a test puts its own in. */
export type BacktestProgress = CaseWorld['progress'];

/** @returns the exit code. @throws OrchestraError 'input' with every mistake in arguments or case lines, 'world' from git. */
export async function backtestCommand(argv: readonly string[], progress: BacktestProgress = createProgress()): Promise<number> {
  const options = readOptions(argv);
  const repository = createRepository(options.repo);
  const cases = await casesOf(repository, options);
  await refuseUnknownCommits(repository, cases);
  if (options.calibrate) {
    const calibration = await calibrateWeights(options, { repository, progress }, cases);
    writeResult(options.json, { calibration }, renderCalibration(calibration));
    return 0;
  }
  const results = await runCases(options, { repository, progress }, cases);
  const summary = summariseCases(results, { budget: options.budget, history: options.history });
  write(options, results, summary);
  return 0;
}

const kind = 'backtest-v1';

/** One after the other; each result is on disk before the next case begins. */
async function runCases(options: BacktestOptions, neighbours: Pick<CaseWorld, 'repository' | 'progress'>, cases: readonly BacktestCase[]): Promise<readonly CaseResult[]> {
  const { progress } = neighbours;
  mkdirSync(options.cache, { recursive: true });
  const cache = createIndexCache(options.cache);
  const settings = { budget: options.budget, history: options.history };
  const version = hubVersion();
  const keyOf = (one: BacktestCase): string => sha256(canonicalJson({ one, settings, version }));
  // A reply may come or change between two runs, so with a ranker nothing is taken from an earlier one.
  const kept = options.handoff === undefined ? await cache.read<CaseResult>(kind, cases.map(keyOf)) : new Map<string, CaseResult>();
  if (kept.size > 0) progress.note(`${kept.size} of ${cases.length} cases are kept from an earlier run.`);
  const ranker = options.handoff === undefined ? {} : { ranker: rankerIn(options.handoff, neighbours, cases) };
  const world: CaseWorld = { ...neighbours, index: rememberIndex(cache), clock: () => performance.now(), ...ranker };
  const results: CaseResult[] = [];
  let pending = 0;
  for (const [position, one] of cases.entries()) {
    const known = kept.get(keyOf(one));
    if (known === undefined) progress.step(`case ${position + 1} of ${cases.length}: ${one.id}`);
    const result = known ?? (await runCase(world, one, settings));
    if ('replyPath' in result) {
      pending += 1;
      continue;
    }
    if (known === undefined && options.handoff === undefined) await cache.write(kind, new Map([[keyOf(one), result]]));
    results.push(result);
  }
  if (pending > 0) progress.note(`${pending} of ${cases.length} cases wait for a reply in ${join(options.handoff ?? '', 'replies')} and are left out.`);
  return results;
}

/** Prompts and replies by the place of their case: 01, 02 and on. The prompt is all that is kept of a question. */
function rankerIn(folder: string, { repository, progress }: Pick<CaseWorld, 'repository' | 'progress'>, cases: readonly BacktestCase[]): OrderWorld {
  const digits = Math.max(2, String(cases.length).length);
  const model = createFolderModel(folder, ({ goalId }) => String(cases.findIndex(({ id }) => id === goalId) + 1).padStart(digits, '0'), progress);
  const records = { writePrompt: () => Promise.resolve(), writeReply: () => Promise.resolve() };
  return { repository, progress, model, records, secrets: createSecretScanner() };
}

async function casesOf(repository: Repository, { cases, last, except }: BacktestOptions): Promise<readonly BacktestCase[]> {
  if (cases !== undefined) return readCases(readText(cases), cases);
  const known = except === undefined ? [] : readCases(readText(except), except).map(({ sha }) => sha);
  const found = await recentFixes(repository, last ?? 0, known);
  if (found.length === 0) throw new OrchestraError('input', 'The history holds no commit that calls itself a fix and changes one to six sources: pass --cases.');
  return found;
}

/** Before the first case runs: the last line of a long list is as likely to be wrong as the first. */
async function refuseUnknownCommits(repository: Repository, cases: readonly BacktestCase[]): Promise<void> {
  await repository.head();
  const mistakes: string[] = [];
  for (const { id, sha, parent } of cases) {
    for (const commit of [sha, parent]) {
      const known = await repository.resolve(commit).then(() => true, () => false);
      if (!known) mistakes.push(`  - case ${id}: the repository has no commit ${commit}`);
    }
  }
  if (mistakes.length > 0) throw new OrchestraError('input', ['These cases cannot be run:', ...mistakes].join('\n'));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new OrchestraError('input', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function write({ json }: BacktestOptions, cases: readonly CaseResult[], summary: BacktestSummary): void {
  writeResult(json, { cases, summary }, renderBacktest(summary));
}

function writeResult(json: string | undefined, result: object, told: string): void {
  const text = `${JSON.stringify(result, null, 1)}\n`;
  if (json === '-') process.stdout.write(text);
  else if (json !== undefined) writeFileSync(json, text);
  (json === '-' ? process.stderr : process.stdout).write(told);
}

const defaultBudget = 16_000;

function readOptions(argv: readonly string[]): BacktestOptions {
  const { repo, cases, last, except, budget = String(defaultBudget), 'no-history': noHistory = false, cache = '.', json, ranker, handoff, calibrate: calibrates = false } = parse(argv);
  const mistakes = [
    ...(repo === undefined ? ['--repo is required'] : []),
    ...((cases === undefined) === (last === undefined) ? ['either --cases or --last is required'] : []),
    ...(except !== undefined && last === undefined ? ['--except goes with --last'] : []),
    ...(calibrates && (last === undefined || Number(last) < fewestToCalibrate) ? [`--calibrate goes with --last of at least ${fewestToCalibrate}: fewer fixes say nothing about the next one`] : []),
    ...(calibrates && ranker !== undefined ? ['--calibrate fits the ranking itself, so it does not go with --ranker'] : []),
    ...(ranker !== undefined && ranker !== 'model' ? [`--ranker must be "model", not "${ranker}"`] : []),
    ...((ranker === undefined) === (handoff === undefined) ? [] : ['--ranker model and --handoff <folder> go together']),
    ...[['--last', last], ['--budget', budget]].flatMap(([name, value]) => (value === undefined || /^[1-9]\d{0,6}$/.test(value) ? [] : [`${name} must be a whole number above 0, not "${value}"`])),
  ];
  if (repo === undefined || mistakes.length > 0) throw new OrchestraError('input', [...mistakes, '', backtestUsage].join('\n'));
  return {
    repo, cache, calibrate: calibrates, budget: Number(budget), history: !noHistory,
    ...(cases === undefined ? {} : { cases }), ...(last === undefined ? {} : { last: Number(last) }), ...(except === undefined ? {} : { except }), ...(json === undefined ? {} : { json }), ...(handoff === undefined ? {} : { handoff }),
  };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...argv], options: { repo: text, cases: text, last: text, except: text, budget: text, 'no-history': { type: 'boolean' }, cache: text, json: text, ranker: text, handoff: text, calibrate: { type: 'boolean' } } }).values;
  } catch (cause) {
    throw new OrchestraError('input', `${cause instanceof Error ? cause.message : String(cause)}\n\n${backtestUsage}`, { cause });
  }
}

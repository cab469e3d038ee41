import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dist, median, requireBuild, scratch, verdict } from './measure.mjs';

/**
 * What one goal costs on an index that is there: node tools/bench/ranking.mjs --repo <clone or bare git dir> [--goals 15] [--cache <folder>]
 * The goals are the repository's own newest fixes, all ranked on its newest commit. Milliseconds inside one process.
 * With --cache the index is kept there, so that a second run has no cold one.
 */
const { values } = parseArgs({ options: { repo: { type: 'string' }, goals: { type: 'string', default: '15' }, cache: { type: 'string' } } });
if (values.repo === undefined) {
  console.error('--repo is required');
  process.exit(2);
}
requireBuild();
const load = (path) => createRequire(import.meta.url)(join(dist, path));
const { createRepository } = load('io/git-repository.js');
const { createIndexCache } = load('io/index-cache.js');
const { recentFixes } = load('orchestrator/backtest/recent-fixes.js');
const { goalOfCase } = load('orchestrator/backtest/goal-of-case.js');
const { loadTreeIndex } = load('orchestrator/load-tree-index.js');
const { rankingOf } = load('orchestrator/ranking-of.js');
const { parsePolicy } = load('orchestrator/plan/parse-policy.js');
const { rankFiles } = load('context-hub/rank-files.js');

const repository = createRepository(resolve(values.repo));
if (values.cache !== undefined) mkdirSync(values.cache, { recursive: true });
const index = createIndexCache(values.cache ?? scratch('ranking'));
const world = { repository, index, progress: { step: () => {}, note: () => {} } };
const timed = async (work) => {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: performance.now() - began, cpu: (user + system) / 1000 };
};
const head = await repository.head();
const tree = await repository.listTree(head);
const cold = await timed(() => loadTreeIndex(world, tree, () => false));
const warm = await timed(() => loadTreeIndex(world, tree, () => false));
const history = await timed(() => repository.history(head, 2000));
const policy = parsePolicy(undefined, 'none');
const specialists = [{ name: 'backend', domain: ['**'] }];
const times = [];
for (const one of await recentFixes(repository, Number(values.goals), [])) {
  times.push(await timed(async () => rankFiles(await rankingOf(world, { goal: goalOfCase(one), tree, index: warm.result, history: history.result, policy, specialists }))));
}
console.log(`${warm.result.paths.length} indexed files; index cold ${Math.round(cold.ms)} ms (processor ${Math.round(cold.cpu)}), read back ${Math.round(warm.ms)} ms (processor ${Math.round(warm.cpu)}); 2,000 commits of history ${Math.round(history.ms)} ms`);
const [first] = times;
const wall = times.map(({ ms }) => ms);
const processor = times.map(({ cpu }) => cpu);
console.log(`ranking ${times.length} goals: median ${Math.round(median(wall))} ms, slowest ${Math.round(Math.max(...wall))} ms; processor median ${Math.round(median(processor))} ms, most ${Math.round(Math.max(...processor))} ms; the first, whose code is cold, ${Math.round(first.ms)} ms (processor ${Math.round(first.cpu)})`);
process.exitCode = verdict('median of a goal on a warm index, s', median(wall) / 1000, 0.3) ? 0 : 1;

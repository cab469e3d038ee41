import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dist, requireBuild, root } from './measure.mjs';

/**
 * Plans the goals of `goals.jsonl` and packs the first packets of their fix tasks: is the first one somebody's who can mend it, are the
 * files where the mend belongs in a packet (as text, as an outline, or "by its interface": one line of a page, or its name), and is a vague goal answered with a question. No model is asked, nothing is written.
 * The goals were written by somebody who had seen neither ranking nor planner. What `goals.jsonl` showed was mended afterwards; the files
 * `goals-held-out*.jsonl` were written later by others, and each was measured before anything was changed for it (docs/measurements.md).
 *
 * With --handoff, a model plans as `--planner=model` does: prompts are written to <folder>/prompts/<goal>.md and replies read from <folder>/replies/<goal>.md;
 * goals without a reply are left out.
 *
 * node tools/bench/goals.mjs <workspace> <sample | real> [a file of goals beside this one; goals.jsonl] [--handoff <folder>]     (after `npx nx build orchestra`)
 */
const { positionals: [workspace, repository, goals = 'goals.jsonl'], values: { handoff } } = parseArgs({ allowPositionals: true, options: { handoff: { type: 'string' } } });
if (workspace === undefined || !['sample', 'real'].includes(repository)) {
  console.error('node tools/bench/goals.mjs <workspace> <sample | real> [a file of goals beside this one; goals.jsonl] [--handoff <folder>]');
  process.exit(2);
}
requireBuild();
const load = (path) => createRequire(import.meta.url)(join(dist, path));
const folder = handoff === undefined ? undefined : resolve(handoff);
process.chdir(resolve(workspace));

const { createIo } = load('io/real-io.js');
const { readPolicy } = load('orchestrator/read-policy.js');
const { planFrom, surveyWorkspace } = load('orchestrator/make-plan.js');
const { buildTaskPacket } = load('orchestrator/ask-task.js');
const { beginConversation } = load('orchestrator/conversation.js');
const { openWaveView } = load('orchestrator/wave-view.js');
const { specialistsOf } = load('specialists/registry.js');
const { refineByModel } = load('orchestrator/refine-by-model.js');
const { filesNamedIn } = load('context-hub/clip-interfaces.js');
const { createFolderModel } = load('io/models/folder.js');

const io = await createIo(process.cwd(), { provider: 'replay', quiet: true });
const base = await io.repository.head();
const policy = await readPolicy(io, base);
const specialists = specialistsOf(policy, new Map());
const cases = readFileSync(join(root, 'tools/bench', goals), 'utf8').trim().split('\n').map((line) => JSON.parse(line)).filter((each) => each.repository === repository);

const judged = [];
for (const each of cases) {
  const request = { goal: each.goal, base, policy, specialists };
  const survey = await surveyWorkspace(io, request);
  const plan = await refined(request, survey, planFrom(survey, request));
  if (plan === undefined) continue;
  const tasks = plan.waves.flatMap((wave) => wave.tasks);
  const fixes = tasks.filter((task) => task.agent !== 'test');
  const modes = await shownModes(request, survey, fixes);
  const [first] = fixes;
  const right = each.vague ? tasks.length === 0 : first !== undefined && each.specialists.includes(first.agent) && first.projects.some((name) => each.projects.includes(name));
  const shown = each.files.every((file) => modes.has(file));
  judged.push({ each, right, shown });
  const files = each.files.map((file) => `${file} ${modes.get(file) ?? `not shown, rank ${survey.ranked.findIndex(({ path }) => path === file) + 1 || 'none'}`}`);
  console.log(`${right ? 'right' : 'WRONG'} ${each.goal.id} [${each.kind}] ${tasks.map(({ id, projects }) => `${id} in ${projects.join(', ')}`).join('; ') || 'a question'}${files.length > 0 ? `\n      ${files.join('\n      ')}` : ''}`);
}
const placed = judged.filter(({ each }) => each.files.length > 0);
console.log(`first task right ${judged.filter(({ right }) => right).length} of ${judged.length}; all files in a packet ${placed.filter(({ shown }) => shown).length} of ${placed.length}`);
process.exit(0);

/** As `--planner=model` plans it; a question is a plan without tasks, and `undefined` waits for its reply. */
async function refined(request, survey, hub) {
  if (folder === undefined) return hub;
  const model = createFolderModel(folder, ({ goalId }) => goalId, io.progress);
  const records = { writePrompt: () => Promise.resolve(), writeReply: () => Promise.resolve() };
  const answer = await refineByModel({ ...io, model, records }, { ...request, rounds: {} }, survey, hub);
  return answer.kind === 'pending' ? undefined : answer.kind === 'question' ? { ...hub, waves: [] } : answer.plan;
}

async function shownModes(request, survey, tasks) {
  const modes = new Map();
  for (const task of tasks) {
    const specialist = specialists.find(({ name }) => name === task.agent);
    const packet = await buildTaskPacket({ io, goal: request.goal, policy, survey, specialist, conventions: '' }, task, openWaveView(io, base), beginConversation(request.goal, [], 0));
    for (const path of packet.interfaces.flatMap(({ text }) => [...filesNamedIn(text)])) modes.set(path, modes.get(path) ?? 'by its interface');
    for (const { path, mode } of packet.files) if (modes.get(path) !== 'whole') modes.set(path, mode);
  }
  return modes;
}

import { filesNamedIn } from '../context-hub/clip-interfaces';
import { pathKind } from '../context-hub/path-kind';
import { connectedProjects } from '../graph/connected-projects';
import { ownerOfFile } from '../graph/owner-of-file';
import type { Io } from '../io/ports';
import type { AgentContextPacket, FileExplanation, OrchestrationGoal, PacketExplanation, PacketLock, Policy, Task, WavePlan } from '../model';
import { isSecretPath } from '../patch/is-secret-path';
import { matchesGlobs } from '../patch/matches-globs';
import type { Specialist } from '../specialists/define-specialist';
import { contextFor } from './answer-tasks';
import { buildTaskPacket } from './ask-task';
import { beginConversation } from './conversation';
import { neverRanked, planFrom, surveyWorkspace, type Survey } from './make-plan';
import { orderedSurvey } from './order-wave';
import { openWaveView } from './wave-view';

export interface ExplainRequest {
  readonly goal: OrchestrationGoal;
  readonly base: string;
  readonly policy: Policy;
  readonly specialists: readonly Specialist[];
  readonly conventions: string;
  /** What was really shown, when a wave of the goal has been run. */
  readonly recorded: PacketLock['packets'];
  /** As recorded: a model may have made it, or put the best ranked files in order. */
  readonly plan?: WavePlan;
}

/**
 * Why a file is, or is not, in the packets of a goal. From the records where there are some; otherwise from the packets
 * that the first wave would begin with, made now and sent nowhere.
 */
export async function explainFile(io: Io, request: ExplainRequest, path: string): Promise<FileExplanation> {
  const alone = await surveyWorkspace(io, request);
  const plan = request.plan ?? planFrom(alone, request);
  const survey = orderedSurvey(alone, plan.waves[0]?.order);
  const tasks = plan.waves[0]?.tasks ?? [];
  const packets = request.recorded.length > 0
    ? request.recorded.map((packet) => ({ ...explainPacket(packet, path), taskId: packet.taskId, round: packet.round, recorded: true }))
    : await Promise.all(tasks.map(async (task) => ({ ...explainPacket(await firstPacket(io, request, survey, task), path), taskId: task.id, round: 1, recorded: false })));
  return {
    goalId: request.goal.id, path, base: survey.base, ranking: explainRanking(survey, request.policy, path),
    packets: packets.map((packet) => ({ ...packet, ...(packet.mode === null && packet.why === undefined ? { why: whyNotConsidered(survey, request.policy, tasks.find(({ id }) => id === packet.taskId), path) } : {}) })),
    unmapped: plan.unmapped.map(({ what, settledBy }) => `${what}: ${settledBy}`),
  };
}

async function firstPacket(io: Io, request: ExplainRequest, survey: Survey, task: Task): Promise<AgentContextPacket> {
  const wave = { ...request, waveIndex: 1, findings: [], rounds: {}, planOnly: true, preview: false };
  return buildTaskPacket(contextFor(io, wave, survey, task), task, openWaveView(io, survey.base), beginConversation(request.goal, [], 0));
}

/** Records do not keep the lines of interfaces. */
type Shown = Pick<PacketLock['packets'][number], 'files' | 'omitted'> & Partial<Pick<AgentContextPacket, 'interfaces'>>;

function explainPacket({ files, omitted, interfaces = [] }: Shown, path: string): Omit<PacketExplanation, 'taskId' | 'round' | 'recorded'> {
  const entries = files.filter((file) => file.path === path);
  const because = new Map(entries.flatMap((entry) => entry.because).map((reason) => [`${reason.kind} ${reason.detail}`, reason] as const));
  const named = entries.length === 0 && interfaces.some(({ text }) => filesNamedIn(text).has(path));
  const why = named ? 'named by a line of its interface; a reply can ask for it by its path' : omitted.find((one) => one.path === path)?.why;
  return {
    mode: entries[0]?.mode ?? null,
    ranges: entries.flatMap(({ range }) => (range === undefined ? [] : [range])),
    tokens: entries.reduce((total, { tokens }) => total + tokens, 0),
    because: [...because.values()],
    ...(why === undefined ? {} : { why }),
  };
}

function explainRanking(survey: Survey, policy: Policy, path: string): FileExplanation['ranking'] {
  const position = survey.ranked.findIndex((file) => file.path === path);
  const found = survey.ranked[position];
  if (found === undefined) return { rank: null, of: survey.ranked.length, because: [], why: whyNotRanked(survey, policy, path) };
  return { rank: position + 1, of: survey.ranked.length, score: Math.round(found.score * 10_000) / 10_000, because: found.because };
}

function whyNotRanked(survey: Survey, policy: Policy, path: string): string {
  if (!survey.tree.has(path)) return `no such file at ${survey.base.slice(0, 12)}`;
  if (isSecretPath(path)) return 'holds keys by custom and is never read';
  if (matchesGlobs(path, neverRanked(policy))) return 'part of our own records and goals, which would only repeat the goal';
  if (pathKind(path) === 'test' || matchesGlobs(path, [...policy.tests, ...policy.testSupport])) return 'a test: found from the sources it tests, never ranked itself';
  if (!survey.paths.includes(path)) return 'not a source, migration or configuration file that is indexed';
  return `${survey.ranked.length} files match the goal better`;
}

/** The packet says nothing of it, so it was never a candidate. */
function whyNotConsidered(survey: Survey, policy: Policy, task: Task | undefined, path: string): string {
  if (survey.ranked.every((file) => file.path !== path)) {
    const why = whyNotRanked(survey, policy, path);
    return survey.paths.includes(path) ? `${why}, and no file that is shown is connected with it` : why;
  }
  const owner = ownerOfFile(survey.graph, path);
  if (task !== undefined && owner !== undefined && !connectedProjects(survey.graph, task.projects).includes(owner)) {
    return `belongs to ${owner}, which no edge of the project graph connects with ${task.projects.join(', ')}`;
  }
  return 'ranked below the files that a packet looks at; a reply can ask for it by its path';
}

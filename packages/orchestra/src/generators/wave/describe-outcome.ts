import type { TestRun, Wave, WavePlan } from '../../model';
import { askerOf } from '../../orchestrator/asker-of';
import { forecast } from '../../orchestrator/plan/forecast';
import type { WaveOutcome } from '../../orchestrator/run-wave';
import { plainLine } from '../../report/escape-text';

/** What a person reads after a plan: the wave that is next and those after it. */
export function describePlan(plan: WavePlan, next: Wave, dryRun: boolean): string {
  const by = plan.refinement === undefined || plan.refinement.waves.length === 0 ? [] : [`Planned by a model (${plainLine(plan.refinement.model)})${plan.refinement.why === undefined ? '' : `: ${plainLine(plan.refinement.why)}`}`];
  const waves = plan.waves.filter(({ index }) => index >= next.index).flatMap((wave) => [
    `Wave ${wave.index}: ${plainLine(wave.title)}`,
    ...(wave.followUps ?? []).map(({ id, title }) => `  follow-up ${id}: ${plainLine(title)}`),
    ...wave.tasks.flatMap((task) => [
      `  ${task.id} (${task.agent}) in ${task.projects.join(', ')}${task.needs.length > 0 ? `, after ${task.needs.join(', ')}` : ''}`,
      `    may touch: ${task.mayTouch.filter((glob) => !glob.startsWith('!')).join(', ')}`,
      ...task.because.slice(0, 4).map((reason) => `    because ${reason.kind}: ${reason.detail}`),
    ]),
  ]);
  const { files, lines, projects } = next.followUps === undefined ? plan.forecast : forecast(plan.goal.type, [...new Set(next.tasks.flatMap((task) => task.projects))], next.tasks);
  const expected = `Forecast: ${files} production file(s), about ${lines} lines, in ${projects.join(', ')}.`;
  const then = dryRun ? 'Dry run: nothing is written and nobody was asked.' : `Next: nx g @aisha/orchestra:wave --continue=${plan.goal.id}`;
  return [...by, ...waves, expected, ...plan.unmapped.map((part) => `Unmapped: ${part.what}. ${part.settledBy}`), then].join('\n');
}

/** What a person reads when a wave waits or gives up before it touched anything. */
export function describeStop(outcome: Extract<WaveOutcome, { kind: 'stopped' }>): string {
  const id = outcome.plan.goal.id;
  if (outcome.question !== undefined) {
    return [`${askerOf(outcome.question.taskId)} asks:`, `  ${outcome.question.text}`, 'unjudged: question', `Next: nx g @aisha/orchestra:wave --continue=${id} --answer="…"`].join('\n');
  }
  if (outcome.refusal !== undefined) {
    return [
      `${outcome.refusal.taskId}: ${outcome.refusal.because}.`,
      ...outcome.refusal.rejections.map((rejection) => `  - ${rejection.kind}${rejection.path === undefined ? '' : ` ${rejection.path}`}: ${rejection.because}`),
      `Nothing was written. ${outcome.refusal.unjudged ? 'unjudged' : 'blocked'}`,
      `Next: nx g @aisha/orchestra:wave --retry=${id}, or --undo=${id}`,
    ].join('\n');
  }
  return [
    ...(outcome.answered.length > 0 ? [`Answered: ${outcome.answered.join(', ')}`] : []),
    ...(outcome.pending.length > 0 ? [`Waiting for ${outcome.pending.length === 1 ? 'one reply' : `${outcome.pending.length} replies`}: give each prompt to any model or person, and save the answer as the reply.`] : []),
    ...outcome.pending.flatMap((pending) => [`Missing: the reply of ${pending.taskId}`, `  prompt: ${pending.promptPath}`, `  reply:  ${pending.replyPath}`]),
    ...(outcome.waiting.length > 0 ? [`Not asked yet, they need the above first: ${outcome.waiting.join(', ')}`] : []),
    `Next: nx g @aisha/orchestra:wave --continue=${id}`,
  ].join('\n');
}

export function describeUnproved(outcome: Extract<WaveOutcome, { kind: 'not-proved' }>): string {
  const id = outcome.plan.goal.id;
  return [`The edits were rehearsed outside the workspace and do not hold: ${outcome.because}`, tailOf(outcome.run), 'Nothing was written. blocked', `Next: nx g @aisha/orchestra:wave --retry=${id}, or --undo=${id}`].join('\n');
}

function tailOf(run: TestRun): string {
  return run.tail.split('\n').slice(-20).join('\n');
}

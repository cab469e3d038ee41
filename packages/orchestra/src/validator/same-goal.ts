import { canonicalJson, type OrchestrationGoal } from '../model';

/** Answers are added by `--answer` while the goal runs: more of them is the normal course, other ones are an edit. */
export function sameGoal(goal: OrchestrationGoal, old: OrchestrationGoal): boolean {
  const answered = goal.answers ?? [];
  const kept = (old.answers ?? []).every((answer, index) => canonicalJson(answer) === canonicalJson(answered[index]));
  return kept && canonicalJson({ ...goal, answers: [], $schema: undefined }) === canonicalJson({ ...old, answers: [], $schema: undefined });
}

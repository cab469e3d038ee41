import type { GoalKind, OrchestrationGoal } from '../model';
import { readGoal } from './read-goal';

/** What a goal offers to a search, strongest first: figures of a ranking say little while tickets and commit messages are mixed. */
export function goalKind(goal: OrchestrationGoal): GoalKind {
  const query = readGoal(goal);
  if (query.frames.length > 0) return 'stack-trace';
  if (query.routes.length > 0) return 'request-path';
  if (query.paths.length + query.identifiers.length + query.targetFiles.length + query.bugIds.length > 0) return 'names-code';
  return query.quotes.length + query.logPrefixes.length > 0 ? 'quotes-text' : 'prose';
}

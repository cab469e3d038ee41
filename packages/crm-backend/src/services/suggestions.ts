import type { Activity, Lead, Suggestion } from '@aisha/crm-contracts';

/** Days after which a lead that nobody has worked on counts as forgotten. */
const patienceDays = 3;

/** What to do next: overdue activities, the longest overdue first, then forgotten leads, the oldest first. */
export function suggestNextSteps(activities: readonly Activity[], leads: readonly Lead[], now: Date): readonly Suggestion[] {
  const forgotten = new Date(now.getTime() - patienceDays * 24 * 60 * 60_000).toISOString();
  const overdue = activities
    .filter(({ status, due_at }) => status === 'planned' && due_at !== null && due_at < now.toISOString())
    .sort(by(({ due_at, id }) => `${due_at}${id}`))
    .map(({ id, subject }) => ({ kind: 'overdue_activity' as const, subject_id: id, text: `Overdue: ${subject}` }));
  const untouched = leads
    .filter(({ status, created_at }) => status === 'new' && created_at < forgotten)
    .sort(by(({ created_at, id }) => `${created_at}${id}`))
    .map(({ id, first_name, last_name }) => ({ kind: 'untouched_lead' as const, subject_id: id, text: `Nobody has called ${first_name} ${last_name} yet` }));
  return [...overdue, ...untouched];
}

function by<T>(key: (item: T) => string): (left: T, right: T) => number {
  return (left, right) => (key(left) < key(right) ? -1 : 1);
}

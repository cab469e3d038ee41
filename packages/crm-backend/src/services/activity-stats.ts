import type { Activity, ActivityStats } from '@aisha/crm-contracts';

type Dated = Activity & { readonly due_at: string };

/** The figures on top of the dashboard, from all activities of a tenant. */
export function summariseActivities(activities: readonly Activity[], now: Date): ActivityStats {
  const planned = activities.filter((activity) => activity.status === 'planned');
  const dated = planned.filter((activity): activity is Dated => activity.due_at !== null);
  return {
    planned: planned.length,
    overdue: dated.filter((activity) => activity.due_at < now.toISOString()).length,
    done: activities.filter((activity) => activity.status === 'done').length,
    planned_by_type: {
      call: countType(planned, 'call'),
      email: countType(planned, 'email'),
      meeting: countType(planned, 'meeting'),
      task: countType(planned, 'task'),
    },
    next_due: nextDue(dated),
  };
}

function countType(activities: readonly Activity[], type: Activity['type']): number {
  return activities.filter((activity) => activity.type === type).length;
}

/** The one whose time comes first, an overdue one included: it is still to be done. */
function nextDue(dated: readonly Dated[]): ActivityStats['next_due'] {
  const { id, subject, due_at } = dated.reduce((first, other) => (other.due_at < first.due_at ? other : first));
  return { id, subject, due_at };
}

import type { Activity } from '@aisha/crm-contracts';
import { summariseActivities } from './activity-stats';

const now = new Date('2026-03-02T09:00:00.000Z');

const activity = (id: number, change: Partial<Activity>): Activity => ({
  id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
  contact_id: null,
  owner_id: '00000000-0000-4000-8000-000000000999',
  type: 'call',
  status: 'planned',
  subject: `Activity ${id}`,
  notes: null,
  due_at: null,
  completed_at: null,
  created_at: '2026-02-01T09:00:00.000Z',
  updated_at: '2026-02-01T09:00:00.000Z',
  ...change,
});

describe('summariseActivities', () => {
  const stats = summariseActivities(
    [
      activity(1, { due_at: '2026-03-05T09:00:00.000Z' }),
      activity(2, { due_at: '2026-02-27T09:00:00.000Z', type: 'task' }),
      activity(3, {}),
      activity(4, { status: 'done', due_at: '2026-02-01T09:00:00.000Z', completed_at: '2026-02-01T10:00:00.000Z' }),
      activity(5, { status: 'cancelled', due_at: '2026-02-02T09:00:00.000Z' }),
    ],
    now,
  );

  it('counts what is planned, by type, and what of it is overdue', () => {
    expect(stats).toMatchObject({ planned: 3, overdue: 1, planned_by_type: { call: 2, email: 0, meeting: 0, task: 1 } });
  });

  it('counts done work, and forgets cancelled work', () => {
    expect(stats.done).toBe(1);
  });

  it('names the planned activity whose time comes first', () => {
    expect(stats.next_due).toEqual({ id: activity(2, {}).id, subject: 'Activity 2', due_at: '2026-02-27T09:00:00.000Z' });
  });
});

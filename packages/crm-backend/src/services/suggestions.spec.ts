import type { Activity, Lead } from '@aisha/crm-contracts';
import { suggestNextSteps } from './suggestions';

const now = new Date('2026-03-02T09:00:00.000Z');
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const activity = (id: number, change: Partial<Activity>): Activity => ({
  id: uuid(id), contact_id: null, owner_id: uuid(999), type: 'call', status: 'planned', subject: `Call ${id}`, notes: null, due_at: null,
  completed_at: null, created_at: '2026-02-01T09:00:00.000Z', updated_at: '2026-02-01T09:00:00.000Z', ...change,
});
const lead = (id: number, change: Partial<Lead>): Lead => ({
  id: uuid(id), first_name: 'Lead', last_name: String(id), company: null, email: null, phone: null, source: 'web', status: 'new',
  contact_id: null, created_at: '2026-02-01T09:00:00.000Z', updated_at: '2026-02-01T09:00:00.000Z', ...change,
});

describe('suggestNextSteps', () => {
  it('puts the longest overdue first, then the oldest lead nobody has called', () => {
    const steps = suggestNextSteps(
      [activity(1, { due_at: '2026-03-01T09:00:00.000Z' }), activity(2, { due_at: '2026-02-01T09:00:00.000Z' })],
      [lead(3, { created_at: '2026-02-20T09:00:00.000Z' }), lead(4, {})],
      now,
    );
    expect(steps.map(({ subject_id }) => subject_id)).toEqual([uuid(2), uuid(1), uuid(4), uuid(3)]);
  });

  it('leaves alone what is done, what is not due yet, what has no date, and leads that are new today or worked on', () => {
    const steps = suggestNextSteps(
      [activity(1, { status: 'done', due_at: '2026-02-01T09:00:00.000Z' }), activity(2, { due_at: '2026-03-03T09:00:00.000Z' }), activity(3, {})],
      [lead(4, { created_at: '2026-03-01T09:00:00.000Z' }), lead(5, { status: 'working' })],
      now,
    );
    expect(steps).toEqual([]);
  });
});

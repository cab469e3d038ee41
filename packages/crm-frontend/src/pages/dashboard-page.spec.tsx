import type { ActivityStats, PipelineReport } from '@aisha/crm-contracts';
import { screen, waitFor } from '@testing-library/react';
import { renderSignedIn } from '../testing/render-app';
import { cedar, item, Refusal, type StubRequest } from '../testing/stub-backend';

const stats = (planned: number): ActivityStats => ({
  planned, overdue: 2, done: 7, planned_by_type: { call: planned, email: 0, meeting: 0, task: 0 },
  next_due: { id: 'b1bc4000-0000-4000-8000-000000000301', subject: 'Call Ada', due_at: '2026-03-03T09:00:00.000Z' },
});
const pipeline: PipelineReport = { stages: [], open_amount_cents: 0 };
const answers = {
  'GET /api/activities/stats': ({ tenantId }: StubRequest) => item(stats(tenantId === cedar.id ? 31 : 12)),
  'GET /api/reports/pipeline': () => item(pipeline),
};
const figure = (name: string) => screen.queryByText(name)?.nextElementSibling?.textContent;

describe('the dashboard', () => {
  it('shows what is planned, overdue, done and next', async () => {
    await renderSignedIn('/', answers);
    await waitFor(() => expect(figure('Planned')).toBe('12'));
    expect([figure('Overdue'), figure('Done')]).toEqual(['2', '7']);
    expect(screen.getByText('Next: Call Ada')).toBeTruthy();
  });

  it('follows a switch to another company', async () => {
    const { user } = await renderSignedIn('/', answers);
    await user.selectOptions(screen.getByLabelText('Company'), cedar.name);
    await waitFor(() => expect(figure('Planned')).toBe('31'));
    expect(screen.getByRole('heading', { name: 'Cedar Logistics' })).toBeTruthy();
  });

  it('says what went wrong', async () => {
    await renderSignedIn('/', { ...answers, 'GET /api/activities/stats': () => new Refusal(500, 'internal', 'Something went wrong on our side.') });
    expect((await screen.findByRole('alert')).textContent).toBe('Something went wrong on our side.');
  });
});

import type { Campaign, CampaignStatus } from '@aisha/crm-contracts';
import { screen, waitFor } from '@testing-library/react';
import { renderSignedIn } from '../testing/render-app';
import { birchwood, item, list, Refusal, type StubRequest } from '../testing/stub-backend';

const campaign = (n: number, name: string, status: CampaignStatus): Campaign => ({
  id: `${birchwood.id.slice(0, -3)}${500 + n}`, name, subject: name, body: 'Hello', status, started_at: null,
  created_at: '2026-02-02T09:00:00.000Z', updated_at: '2026-02-02T09:00:00.000Z',
});

/** A backend with a draft and a campaign that is on its way. */
function backend() {
  const campaigns = [campaign(1, 'Spring recall', 'draft'), campaign(2, 'Moving house', 'sending')];
  return {
    'GET /api/campaigns': () => list(campaigns),
    [`GET /api/campaigns/${campaigns[1]?.id}/progress`]: () => item({ total: 10, waiting: 5, sent: 4, failed: 1 }),
    'POST /api/campaigns': ({ body }: StubRequest) => {
      const added = { ...campaign(3, '', 'draft'), ...(body as object) };
      campaigns.unshift(added);
      return item(added);
    },
    [`POST /api/campaigns/${campaigns[0]?.id}/start`]: () => new Refusal(409, 'conflict', 'There is nobody to write to.'),
  };
}
const rows = () => screen.queryAllByRole('listitem').map((row) => row.textContent);

describe('the campaigns page', () => {
  it('shows how far each campaign is', async () => {
    await renderSignedIn('/campaigns', backend());
    await waitFor(() => expect(rows()).toEqual(['Spring recall draft Send Spring recall', 'Moving house sending: 4 of 10 sent, 1 failed ']));
  });

  it('adds a draft', async () => {
    const { user, asked } = await renderSignedIn('/campaigns', backend());
    await user.type(screen.getByLabelText('Name'), 'Summer');
    await user.type(screen.getByLabelText('Subject'), 'See you');
    await user.type(screen.getByLabelText('Text'), 'Hello');
    await user.click(screen.getByRole('button', { name: 'Add draft' }));
    await waitFor(() => expect(rows()[0]).toContain('Summer draft'));
    expect(asked.find(({ method, path }) => method === 'POST' && path === '/api/campaigns')).toMatchObject({
      tenantId: birchwood.id, body: { name: 'Summer', subject: 'See you', body: 'Hello' },
    });
  });

  it('says why a campaign was not sent', async () => {
    const { user } = await renderSignedIn('/campaigns', backend());
    await user.click(await screen.findByRole('button', { name: 'Send Spring recall' }));
    expect((await screen.findByRole('alert')).textContent).toBe('There is nobody to write to.');
  });
});

import { screen, waitFor } from '@testing-library/react';
import { renderSignedIn } from '../testing/render-app';
import { birchwood, contactOf, list, Refusal, type StubRequest } from '../testing/stub-backend';

const ada = contactOf(birchwood, 1, ['Ada', 'Nkemelu'], { email: 'ada@birchwood.example', job_title: 'Dentist' });
const gone = contactOf(birchwood, 2, ['Gone', 'Away'], { archived_at: '2026-02-20T09:00:00.000Z' });
const answers = {
  'GET /api/contacts': ({ query }: StubRequest) => {
    const all = query.get('include_archived') === 'true' ? [ada, gone] : [ada];
    return list(all.filter(({ last_name }) => last_name.toLowerCase().includes(query.get('search') ?? '')));
  },
};
const names = () => screen.queryAllByRole('row').slice(1).map((row) => row.firstElementChild?.textContent);

describe('the contacts page', () => {
  it('lists the contacts of the tenant somebody signed in to', async () => {
    const { asked } = await renderSignedIn('/contacts', answers);
    await waitFor(() => expect(names()).toEqual(['Ada Nkemelu']));
    expect(screen.getByText('ada@birchwood.example')).toBeTruthy();
    expect(asked.find(({ path }) => path === '/api/contacts')?.tenantId).toBe(birchwood.id);
  });

  it('asks for archived contacts only while the box is ticked', async () => {
    const { user, asked } = await renderSignedIn('/contacts', answers);
    await user.click(screen.getByLabelText('Show archived'));
    await waitFor(() => expect(names()).toEqual(['Ada Nkemelu', 'Gone Away']));
    await user.click(screen.getByLabelText('Show archived'));
    await waitFor(() => expect(names()).toEqual(['Ada Nkemelu']));
    expect(asked.at(-1)?.query.has('include_archived')).toBe(false);
  });

  it('searches while somebody types', async () => {
    const { user } = await renderSignedIn('/contacts', answers);
    await waitFor(() => expect(names()).toEqual(['Ada Nkemelu']));
    await user.type(screen.getByLabelText('Search'), 'xyz');
    await waitFor(() => expect(names()).toEqual([]));
  });

  it('says what went wrong', async () => {
    await renderSignedIn('/contacts', { 'GET /api/contacts': () => new Refusal(403, 'forbidden', 'No access to this tenant.') });
    expect((await screen.findByRole('alert')).textContent).toBe('No access to this tenant.');
  });
});

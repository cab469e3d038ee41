import { screen } from '@testing-library/react';
import { renderApp, renderSignedIn } from '../testing/render-app';
import { list, operations, Refusal } from '../testing/stub-backend';

const contacts = { 'GET /api/contacts': () => list([]) };

describe('signing in', () => {
  it('opens the page that was asked for, and calls on behalf of that person from then on', async () => {
    const { asked } = await renderSignedIn('/contacts', contacts);
    expect(await screen.findByRole('heading', { name: 'Contacts of Birchwood Dental' })).toBeTruthy();
    expect(asked[0]?.body).toEqual({ tenant: 'birchwood', email: 'operations@crm.example', password: 'secret' });
    expect(asked.slice(1).map(({ token }) => token)).toEqual(asked.slice(1).map(() => operations.token));
  });

  it('says why it was refused, and stores nothing in the browser', async () => {
    const { user } = renderApp('/', { 'POST /api/auth/sign-in': () => new Refusal(401, 'unauthenticated', 'Company, address or password is wrong.') });
    await user.type(screen.getByLabelText('Company'), 'birchwood');
    await user.type(screen.getByLabelText('E-mail'), 'ada@birchwood.example');
    await user.type(screen.getByLabelText('Password'), 'wrong');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect((await screen.findByRole('alert')).textContent).toBe('Company, address or password is wrong.');
    expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, '']);
  });
});

describe('signing out', () => {
  it('ends the session here and on the server', async () => {
    const { user, asked } = await renderSignedIn('/contacts', { ...contacts, 'POST /api/auth/sign-out': () => undefined });
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeTruthy();
    expect(asked.at(-1)).toMatchObject({ path: '/api/auth/sign-out', token: operations.token });
  });
});

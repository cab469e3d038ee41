import { render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { App } from '../app';
import { SessionProvider } from '../session/session-context';
import { birchwood, cedar, item, operations, stubBackend, type StubAnswers, type StubRequest } from './stub-backend';

export interface RenderedApp {
  readonly user: UserEvent;
  /** What the backend was asked so far. */
  readonly asked: readonly StubRequest[];
}

const signIn: StubAnswers = {
  'POST /api/auth/sign-in': () => item(operations),
  'GET /api/tenants': () => item([birchwood, cedar]),
};

/** The application at `path`, over a stubbed backend, with nobody signed in. */
export function renderApp(path: string, answers: StubAnswers): RenderedApp {
  const asked = stubBackend({ ...signIn, ...answers });
  render(
    <SessionProvider backendUrl="http://crm.example">
      <MemoryRouter initialEntries={[path]}>
        <App />
      </MemoryRouter>
    </SessionProvider>,
  );
  return { user: userEvent.setup(), asked };
}

/** The same, signed in at Birchwood as somebody who may also act in Cedar. */
export async function renderSignedIn(path: string, answers: StubAnswers): Promise<RenderedApp> {
  const app = renderApp(path, answers);
  await app.user.type(screen.getByLabelText('Company'), birchwood.slug);
  await app.user.type(screen.getByLabelText('E-mail'), operations.user.email);
  await app.user.type(screen.getByLabelText('Password'), 'secret');
  await app.user.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByRole('option', { name: cedar.name });
  return app;
}

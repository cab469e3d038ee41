import { type FormEvent, useState } from 'react';
import { useSession } from '../session/session-context';

export function SignInPage() {
  const { signIn } = useSession();
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    setError(undefined);
    await signIn({ tenant: text('tenant'), email: text('email'), password: text('password') }).catch((reason: unknown) => {
      setError(reason instanceof Error ? reason.message : String(reason));
    });
  };
  return (
    <main className="sign-in">
      <h1>AiSHA CRM</h1>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          Company <input name="tenant" required autoComplete="organization" />
        </label>
        <label>
          E-mail <input name="email" type="email" required autoComplete="username" />
        </label>
        <label>
          Password <input name="password" type="password" required autoComplete="current-password" />
        </label>
        <button type="submit">Sign in</button>
        {error === undefined ? null : <p role="alert">{error}</p>}
      </form>
    </main>
  );
}

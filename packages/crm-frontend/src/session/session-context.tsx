import type { SignIn, SignInInput } from '@aisha/crm-contracts';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { type CrmApi, createCrmApi } from '../api/crm-api';
import { createHttpClient } from '../api/http-client';

export interface Session {
  /** Undefined while nobody is signed in. */
  readonly signedIn: SignIn | undefined;
  /** On behalf of whoever is signed in. */
  readonly api: CrmApi;
  signIn(input: SignInInput): Promise<void>;
  signOut(): Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** The token lives in this component and nowhere else: what is stored in a browser, every script on the page can read. */
export function SessionProvider({ backendUrl, children }: { readonly backendUrl: string; readonly children: ReactNode }) {
  const [signedIn, setSignedIn] = useState<SignIn>();
  const session = useMemo((): Session => {
    const api = createCrmApi(createHttpClient({ backendUrl, token: signedIn?.token, fetch: (input, init) => fetch(input, init) }));
    return {
      signedIn,
      api,
      signIn: async (input) => setSignedIn(await api.signIn(input)),
      signOut: async () => {
        // Out is out, also when the server cannot be told.
        setSignedIn(undefined);
        await api.signOut();
      },
    };
  }, [backendUrl, signedIn]);
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession needs a SessionProvider above it.');
  return session;
}

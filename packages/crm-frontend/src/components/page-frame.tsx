import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useSession } from '../session/session-context';
import { TenantSwitcher } from './tenant-switcher';

/** What every page has around it: where one is, where one can go, and the way out. */
export function PageFrame({ children }: { readonly children: ReactNode }) {
  const { signedIn, signOut } = useSession();
  return (
    <>
      <header className="frame">
        <strong>AiSHA CRM</strong>
        <nav>
          <NavLink to="/">Dashboard</NavLink>
          <NavLink to="/contacts">Contacts</NavLink>
          <NavLink to="/campaigns">Campaigns</NavLink>
        </nav>
        <TenantSwitcher />
        <span>{signedIn?.user.full_name}</span>
        <button type="button" onClick={() => void signOut().catch(() => undefined)}>
          Sign out
        </button>
      </header>
      <main>{children}</main>
    </>
  );
}

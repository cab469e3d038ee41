import type { Tenant } from '@aisha/crm-contracts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useSession } from '../session/session-context';

export interface TenantChoice {
  /** The tenant that every page shows. */
  readonly tenant: Tenant;
  /** Where the signed-in person may act. */
  readonly tenants: readonly Tenant[];
  switchTo(tenantId: string): void;
}

const TenantContext = createContext<TenantChoice | undefined>(undefined);

/** Begins with the tenant somebody signed in to. `home` is that tenant. */
export function TenantProvider({ home, children }: { readonly home: Tenant; readonly children: ReactNode }) {
  const { api } = useSession();
  const [tenant, setTenant] = useState(home);
  const [tenants, setTenants] = useState<readonly Tenant[]>([home]);
  useEffect(() => {
    let isCurrent = true;
    // Without the list there is nothing to switch to, and everything else goes on.
    api.tenants().then((found) => isCurrent && setTenants(found), () => undefined);
    return () => void (isCurrent = false);
  }, [api]);
  const choice = useMemo(
    (): TenantChoice => ({ tenant, tenants, switchTo: (tenantId) => setTenant(tenants.find(({ id }) => id === tenantId) ?? tenant) }),
    [tenant, tenants],
  );
  return <TenantContext.Provider value={choice}>{children}</TenantContext.Provider>;
}

export function useTenant(): TenantChoice {
  const choice = useContext(TenantContext);
  if (choice === undefined) throw new Error('useTenant needs a TenantProvider above it.');
  return choice;
}

import type { Contact } from '@aisha/crm-contracts';
import { useCallback } from 'react';
import type { Page } from '../api/crm-api';
import { useSession } from '../session/session-context';
import { useTenant } from '../tenant/tenant-context';
import { type Resource, useResource } from './use-resource';

/** The contacts of the tenant that is shown. */
export function useContacts(search: string, includeArchived: boolean): Resource<Page<Contact>> {
  const { api } = useSession();
  const { tenant } = useTenant();
  const load = useCallback(() => api.contacts(tenant.id, { search, includeArchived }), [api, search, includeArchived]);
  return useResource(load);
}

import type { ActivityStats, PipelineReport } from '@aisha/crm-contracts';
import { useCallback } from 'react';
import { useSession } from '../session/session-context';
import { useTenant } from '../tenant/tenant-context';
import { type Resource, useResource } from './use-resource';

export interface Dashboard {
  readonly stats: ActivityStats;
  readonly pipeline: Partial<PipelineReport>;
}

/** The figures of the tenant that is shown. */
export function useDashboard(): Resource<Dashboard> {
  const { api } = useSession();
  const { tenant } = useTenant();
  const load = useCallback(async () => {
    const [stats, pipeline] = await Promise.all([api.activityStats(tenant.id), api.pipeline(tenant.id)]);
    return { stats, pipeline };
  }, [api, tenant.id]);
  return useResource(load);
}

import type { Campaign, CampaignInput, CampaignProgress } from '@aisha/crm-contracts';
import { useCallback } from 'react';
import { useSession } from '../session/session-context';
import { useTenant } from '../tenant/tenant-context';
import { type Resource, useResource } from './use-resource';

export interface CampaignRow {
  readonly campaign: Campaign;
  /** Undefined for a draft: nobody is addressed yet. */
  readonly progress: CampaignProgress | undefined;
}

export interface Campaigns extends Resource<readonly CampaignRow[]> {
  create(input: CampaignInput): Promise<void>;
  start(id: string): Promise<void>;
}

/** The campaigns of the tenant that is shown, the latest first. */
export function useCampaigns(): Campaigns {
  const { api } = useSession();
  const { tenant } = useTenant();
  const load = useCallback(async () => {
    const { items } = await api.campaigns(tenant.id);
    return Promise.all(
      items.map(async (campaign) => ({
        campaign,
        progress: campaign.status === 'draft' ? undefined : await api.campaignProgress(tenant.id, campaign.id),
      })),
    );
  }, [api, tenant.id]);
  const resource = useResource(load);
  return {
    ...resource,
    create: async (input) => {
      await api.createCampaign(tenant.id, input);
      resource.reload();
    },
    start: async (id) => {
      await api.startCampaign(tenant.id, id);
      resource.reload();
    },
  };
}

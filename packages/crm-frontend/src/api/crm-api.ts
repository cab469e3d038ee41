import {
  type ActivityStats, activityStatsSchema, type Campaign, type CampaignInput, type CampaignProgress, campaignProgressSchema, campaignSchema,
  type Contact, contactSchema, itemResponse, listResponse, type PipelineReport, pipelineReportSchema, type SignIn, type SignInInput, signInSchema,
  type Tenant, tenantSchema,
} from '@aisha/crm-contracts';
import { z } from 'zod';
import type { HttpClient } from './http-client';

export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
}

export interface ContactQuery {
  readonly search: string;
  readonly includeArchived: boolean;
}

/** The part of the API that the pages use, one function per question. `tenantId` is the tenant to act in. */
export interface CrmApi {
  signIn(input: SignInInput): Promise<SignIn>;
  signOut(): Promise<void>;
  tenants(): Promise<readonly Tenant[]>;
  contacts(tenantId: string, query: ContactQuery): Promise<Page<Contact>>;
  activityStats(tenantId: string): Promise<ActivityStats>;
  pipeline(tenantId: string): Promise<Partial<PipelineReport>>;
  campaigns(tenantId: string): Promise<Page<Campaign>>;
  campaignProgress(tenantId: string, id: string): Promise<CampaignProgress>;
  createCampaign(tenantId: string, input: CampaignInput): Promise<Campaign>;
  startCampaign(tenantId: string, id: string): Promise<Campaign>;
}

export function createCrmApi(request: HttpClient): CrmApi {
  return {
    signIn: async (body) => readItem(signInSchema, await request({ method: 'POST', path: '/api/auth/sign-in', body })),
    signOut: async () => void (await request({ method: 'POST', path: '/api/auth/sign-out' })),
    tenants: async () => readItem(z.array(tenantSchema), await request({ path: '/api/tenants' })),
    contacts: async (tenantId, { search, includeArchived }) => {
      // The parameter is left out rather than sent as false: only what is asked for belongs into the address.
      const query = { search, limit: 100, ...(includeArchived ? { include_archived: true } : {}) };
      return readPage(contactSchema, await request({ path: '/api/contacts', query, tenantId }));
    },
    activityStats: async (tenantId) => readItem(activityStatsSchema, await request({ path: '/api/activities/stats', tenantId })),
    pipeline: async (tenantId) => pipelineReportSchema.partial().parse(await request({ path: '/api/reports/pipeline', tenantId })),
    campaigns: async (tenantId) => readPage(campaignSchema, await request({ path: '/api/campaigns', query: { limit: 100 }, tenantId })),
    campaignProgress: async (tenantId, id) => readItem(campaignProgressSchema, await request({ path: `/api/campaigns/${id}/progress`, tenantId })),
    createCampaign: async (tenantId, body) => readItem(campaignSchema, await request({ method: 'POST', path: '/api/campaigns', body, tenantId })),
    startCampaign: async (tenantId, id) => readItem(campaignSchema, await request({ method: 'POST', path: `/api/campaigns/${id}/start`, tenantId })),
  };
}

function readItem<T>(schema: z.ZodType<T>, body: unknown): T {
  return schema.parse(itemResponse(z.unknown()).parse(body).data);
}

function readPage<T>(schema: z.ZodType<T>, body: unknown): Page<T> {
  const { data, page } = listResponse(z.unknown()).parse(body);
  return { items: z.array(schema).parse(data), total: page.total };
}

import {
  campaignInputSchema, campaignListQuerySchema, campaignPatchSchema, campaignProgressSchema, campaignSchema,
} from '@aisha/crm-contracts';
import { Router } from 'express';
import type { DatabaseClient } from '../database/database-client';
import { databaseFailure } from '../http/database-failure';
import { HttpError, notFound } from '../http/http-error';
import { parseId, parseRequest } from '../http/parse-request';
import { tenantOf, userOf } from '../http/request-identity';
import { sendItem, sendList } from '../http/respond';
import type { Logger } from '../logger';
import { requireAdminRole } from '../middleware/require-auth';
import type { AuditLog } from '../services/audit-log';

export interface CampaignsRoutesDependencies {
  readonly database: DatabaseClient;
  readonly audit: AuditLog;
  readonly log: Logger;
  readonly now: () => Date;
}

export function createCampaignsRoutes({ database, audit, log, now }: CampaignsRoutesDependencies): Router {
  const router = Router();

  router.get('/', async (req, res) => {
    const tenant = tenantOf(req);
    const query = parseRequest(campaignListQuerySchema, req.query);
    let campaigns = database.from('campaigns').select('*', { count: 'exact' }).eq('tenant_id', tenant.id);
    if (query.status) campaigns = campaigns.eq('status', query.status);
    const { data, error, count } = await campaigns
      .order('created_at', { ascending: false })
      .order('id')
      .range(query.offset, query.offset + query.limit - 1);
    if (error) throw databaseFailure(error);
    sendList(res, campaignSchema, data, { ...query, total: count });
  });

  router.get('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('campaigns').select('*').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('campaign');
    sendItem(res, campaignSchema, data);
  });

  router.get('/:id/progress', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const campaign = await database.from('campaigns').select('id').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();
    if (campaign.error) throw databaseFailure(campaign.error);
    if (campaign.data === null) throw notFound('campaign');
    const { data, error } = await database.from('campaign_recipients').select('status').eq('tenant_id', tenant.id).eq('campaign_id', id);
    if (error) throw databaseFailure(error);
    const having = (...statuses: readonly string[]) => data.filter((row) => statuses.includes(String(row['status']))).length;
    sendItem(res, campaignProgressSchema, {
      total: data.length, waiting: having('pending', 'claimed'), sent: having('sent'), failed: having('failed'),
    });
  });

  router.post('/', async (req, res) => {
    const tenant = tenantOf(req);
    const campaign = parseRequest(campaignInputSchema, req.body);
    const { data, error } = await database
      .from('campaigns')
      .insert({ ...campaign, tenant_id: tenant.id })
      .select()
      .single();
    if (error) throw databaseFailure(error);
    log.info('[CampaignsRoute] created campaign', { tenant: tenant.id, campaign: data['id'] });
    sendItem(res, campaignSchema, data, 201);
  });

  router.patch('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const changes = parseRequest(campaignPatchSchema, req.body);
    const { data, error } = await database
      .from('campaigns')
      .update(changes)
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .eq('status', 'draft')
      .select()
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('draft of a campaign');
    log.info('[CampaignsRoute] changed campaign', { tenant: tenant.id, campaign: id, fields: Object.keys(changes) });
    sendItem(res, campaignSchema, data);
  });

  /** To every current contact with an address. The recipients are written first: a worker that sees the campaign sees them all. */
  router.post('/:id/start', requireAdminRole, async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const draft = await database.from('campaigns').select('id').eq('tenant_id', tenant.id).eq('id', id).eq('status', 'draft').maybeSingle();
    if (draft.error) throw databaseFailure(draft.error);
    if (draft.data === null) throw notFound('draft of a campaign');
    const contacts = await database.from('contacts').select('id, email').eq('tenant_id', tenant.id).is('archived_at', null).neq('email', '');
    if (contacts.error) throw databaseFailure(contacts.error);
    if (contacts.data.length === 0) throw new HttpError('conflict', 'There is nobody to write to.');
    const recipients = contacts.data.map((row) => ({ tenant_id: tenant.id, campaign_id: id, contact_id: row['id'], email: row['email'] }));
    // Of two people who start it at the same time, the second runs into the unique recipients here.
    const written = await database.from('campaign_recipients').insert(recipients).select('id');
    if (written.error) throw databaseFailure(written.error);
    const { data, error } = await database
      .from('campaigns')
      .update({ status: 'sending', started_at: now().toISOString() })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .eq('status', 'draft')
      .select()
      .single();
    if (error) throw databaseFailure(error);
    await audit.record({ tenantId: tenant.id, actorId: userOf(req).id, action: 'campaigns.started', subjectId: id });
    log.info('[CampaignsRoute] started campaign', { tenant: tenant.id, campaign: id, messages: recipients.length });
    sendItem(res, campaignSchema, data);
  });

  router.delete('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database
      .from('campaigns')
      .delete()
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .eq('status', 'draft')
      .select('id')
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('draft of a campaign');
    await audit.record({ tenantId: tenant.id, actorId: userOf(req).id, action: 'campaigns.deleted', subjectId: id });
    log.info('[CampaignsRoute] deleted campaign', { tenant: tenant.id, campaign: id });
    res.status(204).end();
  });

  return router;
}

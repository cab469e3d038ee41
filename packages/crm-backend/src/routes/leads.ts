import {
  leadConversionSchema, leadInputSchema, leadListQuerySchema, leadPatchSchema, leadSchema, pageSchema,
} from '@aisha/crm-contracts';
import { Router } from 'express';
import { z } from 'zod';
import type { DatabaseClient } from '../database/database-client';
import { buildIlikeOrFilter } from '../database/or-filter';
import { databaseFailure } from '../http/database-failure';
import { HttpError, notFound } from '../http/http-error';
import { parseId, parseRequest } from '../http/parse-request';
import { tenantOf, userOf } from '../http/request-identity';
import { sendItem, sendList } from '../http/respond';
import type { Logger } from '../logger';
import type { CacheClient } from '../redis/cache-client';
import type { AuditLog } from '../services/audit-log';

export interface LeadsRoutesDependencies {
  readonly database: DatabaseClient;
  readonly cache: CacheClient;
  readonly audit: AuditLog;
  readonly log: Logger;
}

/** The list is asked for on every visit of the page, and changes a few times a day. */
const listSeconds = 60;
const keptListSchema = z.object({ leads: z.array(leadSchema), total: pageSchema.shape.total });

export function createLeadsRoutes({ database, cache, audit, log }: LeadsRoutesDependencies): Router {
  const router = Router();

  router.get('/', async (req, res) => {
    const tenant = tenantOf(req);
    const query = parseRequest(leadListQuerySchema, req.query);
    const { leads, total } = await cache.through({ tenantId: tenant.id, topic: 'leads', of: query }, keptListSchema, listSeconds, async () => {
      let rows = database.from('leads').select('*', { count: 'exact' }).eq('tenant_id', tenant.id);
      if (query.status) rows = rows.eq('status', query.status);
      if (query.search) rows = rows.or(buildIlikeOrFilter(['first_name', 'last_name', 'company'], query.search));
      const { data, error, count } = await rows
        .order('last_name')
        .order('id')
        .range(query.offset, query.offset + query.limit - 1);
      if (error) throw databaseFailure(error);
      log.info('[LeadsRoute] listed leads', { tenant: tenant.id, rows: data.length, total: count });
      return keptListSchema.parse({ leads: data, total: count });
    });
    sendList(res, leadSchema, leads, { ...query, total });
  });

  router.get('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('leads').select('*').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('lead');
    sendItem(res, leadSchema, data);
  });

  router.post('/', async (req, res) => {
    const tenant = tenantOf(req);
    const lead = parseRequest(leadInputSchema, req.body);
    const { data, error } = await database
      .from('leads')
      .insert({ ...lead, tenant_id: tenant.id })
      .select()
      .single();
    if (error) throw databaseFailure(error);
    await cache.invalidate(tenant.id, 'leads');
    log.info('[LeadsRoute] created lead', { tenant: tenant.id, lead: data['id'] });
    sendItem(res, leadSchema, data, 201);
  });

  router.patch('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const changes = parseRequest(leadPatchSchema, req.body);
    const { data, error } = await database
      .from('leads')
      .update(changes)
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .neq('status', 'converted')
      .select()
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('open lead');
    await cache.invalidate(tenant.id, 'leads');
    log.info('[LeadsRoute] changed lead', { tenant: tenant.id, lead: id, fields: Object.keys(changes) });
    sendItem(res, leadSchema, data);
  });

  router.post('/:id/convert', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    // Taken first: of two people who convert the same lead, one gets a contact and the other is told.
    const taken = await database
      .from('leads')
      .update({ status: 'converted' })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .neq('status', 'converted')
      .select()
      .maybeSingle();
    if (taken.error) throw databaseFailure(taken.error);
    if (taken.data === null) throw notFound('open lead');
    const lead = leadSchema.parse(taken.data);
    const { first_name, last_name, email, phone } = lead;
    const contact = await database.from('contacts').insert({ tenant_id: tenant.id, first_name, last_name, email, phone }).select().single();
    if (contact.error) {
      await database.from('leads').update({ status: 'working' }).eq('tenant_id', tenant.id).eq('id', id);
      await cache.invalidate(tenant.id, 'leads');
      log.warn('[LeadsRoute] contact refused', { tenant: tenant.id, lead: id, code: contact.error.code, constraint: contact.error.constraint });
      throw contact.error.code === '23505' ? new HttpError('conflict', 'There is a contact with this address already.') : databaseFailure(contact.error);
    }
    const linked = await database
      .from('leads')
      .update({ contact_id: contact.data['id'] })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .select()
      .single();
    if (linked.error) throw databaseFailure(linked.error);
    await cache.invalidate(tenant.id, 'leads');
    await audit.record({ tenantId: tenant.id, actorId: userOf(req).id, action: 'leads.converted', subjectId: id });
    log.info('[LeadsRoute] converted lead', { tenant: tenant.id, lead: id, contact: contact.data['id'] });
    sendItem(res, leadConversionSchema, { lead: linked.data, contact: contact.data });
  });

  router.delete('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('leads').delete().eq('tenant_id', tenant.id).eq('id', id).select('id').maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('lead');
    await audit.record({ tenantId: tenant.id, actorId: userOf(req).id, action: 'leads.deleted', subjectId: id });
    log.info('[LeadsRoute] deleted lead', { tenant: tenant.id, lead: id });
    res.status(204).end();
  });

  return router;
}

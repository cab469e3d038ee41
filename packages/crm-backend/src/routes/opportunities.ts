import {
  opportunityInputSchema, opportunityListQuerySchema, opportunityPatchSchema, opportunitySchema,
} from '@aisha/crm-contracts';
import { Router } from 'express';
import type { DatabaseClient } from '../database/database-client';
import { buildIlikeOrFilter } from '../database/or-filter';
import { databaseFailure } from '../http/database-failure';
import { notFound } from '../http/http-error';
import { parseId, parseRequest } from '../http/parse-request';
import { tenantOf, userOf } from '../http/request-identity';
import { sendItem, sendList } from '../http/respond';
import type { Logger } from '../logger';
import type { CacheClient } from '../redis/cache-client';
import type { AuditLog } from '../services/audit-log';

export interface OpportunitiesRoutesDependencies {
  readonly database: DatabaseClient;
  readonly cache: CacheClient;
  readonly audit: AuditLog;
  readonly log: Logger;
}

export function createOpportunitiesRoutes({ database, cache, audit, log }: OpportunitiesRoutesDependencies): Router {
  const router = Router();

  router.get('/', async (req, res) => {
    const tenant = tenantOf(req);
    const query = parseRequest(opportunityListQuerySchema, req.query);
    let opportunities = database.from('opportunities').select('*', { count: 'exact' }).eq('tenant_id', tenant.id);
    if (query.stage) opportunities = opportunities.eq('stage', query.stage);
    if (query.account_id) opportunities = opportunities.eq('account_id', query.account_id);
    if (query.search) opportunities = opportunities.or(buildIlikeOrFilter(['name'], query.search));
    const { data, error, count } = await opportunities.order('name').order('id').range(query.offset, query.offset + query.limit - 1);
    if (error) throw databaseFailure(error);
    sendList(res, opportunitySchema, data, { ...query, total: count });
  });

  router.get('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('opportunities').select('*').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('opportunity');
    sendItem(res, opportunitySchema, data);
  });

  router.post('/', async (req, res) => {
    const tenant = tenantOf(req);
    const opportunity = parseRequest(opportunityInputSchema, req.body);
    const { data, error } = await database
      .from('opportunities')
      .insert({ owner_id: userOf(req).id, ...opportunity, tenant_id: tenant.id })
      .select()
      .single();
    if (error) {
      log.warn('[OpportunitiesRoute] insert refused', { tenant: tenant.id, code: error.code, constraint: error.constraint });
      throw databaseFailure(error);
    }
    await cache.invalidate(tenant.id, 'pipeline');
    log.info('[OpportunitiesRoute] created opportunity', { tenant: tenant.id, opportunity: data['id'] });
    sendItem(res, opportunitySchema, data, 201);
  });

  router.patch('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const changes = parseRequest(opportunityPatchSchema, req.body);
    const { data, error } = await database.from('opportunities').update(changes).eq('tenant_id', tenant.id).eq('id', id).select().maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('opportunity');
    await cache.invalidate(tenant.id, 'pipeline');
    if (changes.stage === 'won' || changes.stage === 'lost') {
      await audit.record({ tenantId: tenant.id, actorId: userOf(req).id, action: `opportunities.${changes.stage}`, subjectId: id });
    }
    log.info('[OpportunitiesRoute] changed opportunity', { tenant: tenant.id, opportunity: id, fields: Object.keys(changes) });
    sendItem(res, opportunitySchema, data);
  });

  router.delete('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('opportunities').delete().eq('tenant_id', tenant.id).eq('id', id).select('id').maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('opportunity');
    await cache.invalidate(tenant.id, 'pipeline');
    await audit.record({ tenantId: tenant.id, actorId: userOf(req).id, action: 'opportunities.deleted', subjectId: id });
    log.info('[OpportunitiesRoute] deleted opportunity', { tenant: tenant.id, opportunity: id });
    res.status(204).end();
  });

  return router;
}

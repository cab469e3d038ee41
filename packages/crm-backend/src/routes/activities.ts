import {
  activityInputSchema, activityListQuerySchema, activityPatchSchema, activitySchema, activityStatsSchema,
} from '@aisha/crm-contracts';
import { Router } from 'express';
import { z } from 'zod';
import type { DatabaseClient } from '../database/database-client';
import { databaseFailure } from '../http/database-failure';
import { notFound } from '../http/http-error';
import { parseId, parseRequest } from '../http/parse-request';
import { tenantOf, userOf } from '../http/request-identity';
import { sendItem, sendList } from '../http/respond';
import type { Logger } from '../logger';
import { summariseActivities } from '../services/activity-stats';

export function createActivitiesRoutes(database: DatabaseClient, log: Logger, now: () => Date): Router {
  const router = Router();

  router.get('/', async (req, res) => {
    const tenant = tenantOf(req);
    const query = parseRequest(activityListQuerySchema, req.query);
    let activities = database.from('activities').select('*', { count: 'exact' }).eq('tenant_id', tenant.id);
    if (query.type) activities = activities.eq('type', query.type);
    if (query.status) activities = activities.eq('status', query.status);
    if (query.contact_id) activities = activities.eq('contact_id', query.contact_id);
    if (query.owner_id) activities = activities.eq('owner_id', query.owner_id);
    if (query.due_from) activities = activities.gte('due_at', query.due_from);
    if (query.due_to) activities = activities.lte('due_at', query.due_to);
    const { data, error, count } = await activities
      .order('due_at')
      .order('id')
      .range(query.offset, query.offset + query.limit - 1);
    if (error) throw databaseFailure(error);
    log.info('[ActivitiesRoute] listed activities', {
      tenant: tenant.id, dueFrom: query.due_from, dueTo: query.due_to, rows: data.length, total: count,
    });
    sendList(res, activitySchema, data, { ...query, total: count });
  });

  router.get('/stats', async (req, res) => {
    const tenant = tenantOf(req);
    const { data, error } = await database.from('activities').select('*').eq('tenant_id', tenant.id);
    if (error) throw databaseFailure(error);
    const stats = summariseActivities(z.array(activitySchema).parse(data), now());
    log.info('[ActivitiesRoute] summarised activities', { tenant: tenant.id, rows: data.length });
    sendItem(res, activityStatsSchema, stats);
  });

  router.get('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('activities').select('*').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('activity');
    sendItem(res, activitySchema, data);
  });

  router.post('/', async (req, res) => {
    const tenant = tenantOf(req);
    const activity = parseRequest(activityInputSchema, req.body);
    const { data, error } = await database
      .from('activities')
      .insert({ owner_id: userOf(req).id, ...activity, tenant_id: tenant.id })
      .select()
      .single();
    if (error) {
      log.warn('[ActivitiesRoute] insert refused', { tenant: tenant.id, code: error.code, constraint: error.constraint });
      throw databaseFailure(error);
    }
    log.info('[ActivitiesRoute] created activity', { tenant: tenant.id, activity: data['id'] });
    sendItem(res, activitySchema, data, 201);
  });

  router.patch('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const changes = parseRequest(activityPatchSchema, req.body);
    const reopened = changes.status === undefined ? {} : { completed_at: null };
    const { data, error } = await database
      .from('activities')
      .update({ ...changes, ...reopened })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .select()
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('activity');
    log.info('[ActivitiesRoute] changed activity', { tenant: tenant.id, activity: id, fields: Object.keys(changes) });
    sendItem(res, activitySchema, data);
  });

  router.post('/:id/complete', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database
      .from('activities')
      .update({ status: 'done', completed_at: now().toISOString() })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .eq('status', 'planned')
      .select()
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('planned activity');
    log.info('[ActivitiesRoute] completed activity', { tenant: tenant.id, activity: id });
    sendItem(res, activitySchema, data);
  });

  router.delete('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('activities').delete().eq('tenant_id', tenant.id).eq('id', id).select('id').maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('activity');
    log.info('[ActivitiesRoute] deleted activity', { tenant: tenant.id, activity: id });
    res.status(204).end();
  });

  return router;
}

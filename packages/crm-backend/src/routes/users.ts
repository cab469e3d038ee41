import { sessionSchema, userInputSchema, userListQuerySchema, userPatchSchema, userSchema } from '@aisha/crm-contracts';
import { Router } from 'express';
import type { DatabaseClaims, DatabaseClient } from '../database/database-client';
import { databaseFailure } from '../http/database-failure';
import { HttpError, notFound } from '../http/http-error';
import { parseId, parseRequest } from '../http/parse-request';
import { tenantOf, userOf } from '../http/request-identity';
import { sendItem, sendList } from '../http/respond';
import type { Logger } from '../logger';
import { requireAdminRole } from '../middleware/require-auth';
import type { Identities } from '../services/identities';

export interface UsersRoutesDependencies {
  readonly database: DatabaseClient;
  readonly authenticated: (claims: DatabaseClaims) => DatabaseClient;
  readonly identities: Identities;
  readonly log: Logger;
}

export function createUsersRoutes({ database, authenticated, identities, log }: UsersRoutesDependencies): Router {
  const router = Router();

  router.get('/', async (req, res) => {
    const tenant = tenantOf(req);
    const query = parseRequest(userListQuerySchema, req.query);
    let users = database.from('users').select('*', { count: 'exact' }).eq('tenant_id', tenant.id);
    if (query.status) users = users.eq('status', query.status);
    const { data, error, count } = await users.order('full_name').order('id').range(query.offset, query.offset + query.limit - 1);
    if (error) throw databaseFailure(error);
    sendList(res, userSchema, data, { ...query, total: count });
  });

  router.get('/me', async (req, res) => {
    const { id, tenantId } = userOf(req);
    const own = authenticated({ sub: id, tenant_id: tenantId });
    const user = await own.from('users').select('*').eq('id', id).single();
    if (user.error) throw databaseFailure(user.error);
    const tenant = await own.from('tenant').select('*').eq('id', tenantId).single();
    if (tenant.error) throw databaseFailure(tenant.error);
    const plan = await own.from('plans').select('code, name').eq('code', tenant.data['plan_code']).single();
    if (plan.error) throw databaseFailure(plan.error);
    sendItem(res, sessionSchema, { user: user.data, tenant: { ...tenant.data, plan: plan.data } });
  });

  router.get('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('users').select('*').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('user');
    sendItem(res, userSchema, data);
  });

  router.post('/', requireAdminRole, async (req, res) => {
    const tenant = tenantOf(req);
    const user = parseRequest(userInputSchema, req.body);
    const { data, error } = await database
      .from('users')
      .insert({ ...user, tenant_id: tenant.id })
      .select()
      .single();
    if (error) {
      log.warn('[UsersRoute] insert refused', { tenant: tenant.id, code: error.code, constraint: error.constraint });
      throw databaseFailure(error);
    }
    log.info('[UsersRoute] created user', { tenant: tenant.id, user: data['id'], by: userOf(req).id });
    sendItem(res, userSchema, data, 201);
  });

  router.patch('/:id', requireAdminRole, async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const changes = parseRequest(userPatchSchema, req.body);
    const { data, error } = await database.from('users').update(changes).eq('tenant_id', tenant.id).eq('id', id).select().maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('user');
    identities.forget(id);
    log.info('[UsersRoute] changed user', { tenant: tenant.id, user: id, fields: Object.keys(changes), by: userOf(req).id });
    sendItem(res, userSchema, data);
  });

  router.post('/:id/deactivate', requireAdminRole, async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    if (id === userOf(req).id) throw new HttpError('conflict', 'Nobody deactivates their own account.');
    const { data, error } = await database
      .from('users')
      .update({ status: 'deactivated' })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .select()
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('user');
    log.info('[UsersRoute] deactivated user', { tenant: tenant.id, user: id, by: userOf(req).id });
    sendItem(res, userSchema, data);
  });

  router.post('/:id/reactivate', requireAdminRole, async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database
      .from('users')
      .update({ status: 'active' })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .select()
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('user');
    log.info('[UsersRoute] reactivated user', { tenant: tenant.id, user: id, by: userOf(req).id });
    sendItem(res, userSchema, data);
  });

  return router;
}

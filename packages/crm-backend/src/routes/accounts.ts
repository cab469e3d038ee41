import { accountInputSchema, accountListQuerySchema, accountPatchSchema, accountSchema } from '@aisha/crm-contracts';
import { Router } from 'express';
import type { DatabaseClient } from '../database/database-client';
import { buildIlikeOrFilter } from '../database/or-filter';
import { databaseFailure } from '../http/database-failure';
import { notFound } from '../http/http-error';
import { parseId, parseRequest } from '../http/parse-request';
import { tenantOf } from '../http/request-identity';
import { sendItem, sendList } from '../http/respond';
import type { Logger } from '../logger';

export function createAccountsRoutes(database: DatabaseClient, log: Logger): Router {
  const router = Router();

  router.get('/', async (req, res) => {
    const tenant = tenantOf(req);
    const query = parseRequest(accountListQuerySchema, req.query);
    let accounts = database.from('accounts').select('*', { count: 'exact' }).eq('tenant_id', tenant.id);
    if (query.industry) accounts = accounts.eq('industry', query.industry);
    if (query.search) accounts = accounts.or(buildIlikeOrFilter(['name', 'account_number'], query.search));
    const { data, error, count } = await accounts.order('name').order('id').range(query.offset, query.offset + query.limit - 1);
    if (error) throw databaseFailure(error);
    log.info('[AccountsRoute] listed accounts', { tenant: tenant.id, rows: data.length, total: count });
    sendList(res, accountSchema, data, { ...query, total: count });
  });

  router.get('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('accounts').select('*').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('account');
    sendItem(res, accountSchema, data);
  });

  router.post('/', async (req, res) => {
    const tenant = tenantOf(req);
    const account = parseRequest(accountInputSchema, req.body);
    const { data, error } = await database
      .from('accounts')
      .insert({ ...account, tenant_id: tenant.id })
      .select()
      .single();
    if (error) {
      log.warn('[AccountsRoute] insert refused', { tenant: tenant.id, code: error.code, constraint: error.constraint });
      throw databaseFailure(error);
    }
    log.info('[AccountsRoute] created account', { tenant: tenant.id, account: data['id'] });
    sendItem(res, accountSchema, data, 201);
  });

  router.patch('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const changes = parseRequest(accountPatchSchema, req.body);
    const { data, error } = await database.from('accounts').update(changes).eq('tenant_id', tenant.id).eq('id', id).select().maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('account');
    log.info('[AccountsRoute] changed account', { tenant: tenant.id, account: id, fields: Object.keys(changes) });
    sendItem(res, accountSchema, data);
  });

  router.delete('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('accounts').delete().eq('tenant_id', tenant.id).eq('id', id).select('id').maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('account');
    log.info('[AccountsRoute] deleted account', { tenant: tenant.id, account: id });
    res.status(204).end();
  });

  return router;
}

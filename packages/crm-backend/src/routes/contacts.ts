import { contactInputSchema, contactListQuerySchema, contactPatchSchema, contactSchema } from '@aisha/crm-contracts';
import { Router } from 'express';
import type { DatabaseClient } from '../database/database-client';
import { buildIlikeOrFilter } from '../database/or-filter';
import { databaseFailure } from '../http/database-failure';
import { notFound } from '../http/http-error';
import { parseId, parseRequest } from '../http/parse-request';
import { tenantOf } from '../http/request-identity';
import { sendItem, sendList } from '../http/respond';
import type { Logger } from '../logger';

export function createContactsRoutes(database: DatabaseClient, log: Logger, now: () => Date): Router {
  const router = Router();

  router.get('/', async (req, res) => {
    const tenant = tenantOf(req);
    const query = parseRequest(contactListQuerySchema, req.query);
    let contacts = database.from('contacts').select('*', { count: 'exact' }).eq('tenant_id', tenant.id);
    if (!query.include_archived) contacts = contacts.is('archived_at', null);
    if (query.account_id) contacts = contacts.eq('account_id', query.account_id);
    if (query.search) contacts = contacts.or(buildIlikeOrFilter(['first_name', 'last_name', 'email'], query.search));
    const { data, error, count } = await contacts
      .order(query.order)
      .order('id')
      .range(query.offset, query.offset + query.limit - 1);
    if (error) throw databaseFailure(error);
    log.info('[ContactsRoute] listed contacts', { tenant: tenant.id, includeArchived: query.include_archived, rows: data.length, total: count });
    sendList(res, contactSchema, data, { ...query, total: count });
  });

  router.get('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('contacts').select('*').eq('id', id).maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('contact');
    log.info('[ContactsRoute] read contact', { tenant: tenant.id, contact: id });
    sendItem(res, contactSchema, data);
  });

  router.post('/', async (req, res) => {
    const tenant = tenantOf(req);
    const contact = parseRequest(contactInputSchema, req.body);
    const { data, error } = await database
      .from('contacts')
      .insert({ ...contact, tenant_id: tenant.id })
      .select()
      .single();
    if (error) {
      log.warn('[ContactsRoute] insert refused', { tenant: tenant.id, code: error.code, constraint: error.constraint });
      throw databaseFailure(error);
    }
    log.info('[ContactsRoute] created contact', { tenant: tenant.id, contact: data['id'] });
    sendItem(res, contactSchema, data, 201);
  });

  router.patch('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { archived, ...changes } = parseRequest(contactPatchSchema, req.body);
    const archive = archived === undefined ? {} : { archived_at: archived ? now().toISOString() : null };
    const { data, error } = await database
      .from('contacts')
      .update({ ...changes, ...archive })
      .eq('tenant_id', tenant.id)
      .eq('id', id)
      .select()
      .maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('contact');
    log.info('[ContactsRoute] changed contact', { tenant: tenant.id, contact: id, fields: Object.keys({ ...changes, ...archive }) });
    sendItem(res, contactSchema, data);
  });

  router.delete('/:id', async (req, res) => {
    const tenant = tenantOf(req);
    const id = parseId(req.params);
    const { data, error } = await database.from('contacts').delete().eq('tenant_id', tenant.id).eq('id', id).select('id').maybeSingle();
    if (error) throw databaseFailure(error);
    if (data === null) throw notFound('contact');
    log.info('[ContactsRoute] deleted contact', { tenant: tenant.id, contact: id });
    res.status(204).end();
  });

  return router;
}

import { auditEntrySchema, auditListQuerySchema } from '@aisha/crm-contracts';
import { Router } from 'express';
import type { DatabaseClient } from '../database/database-client';
import { databaseFailure } from '../http/database-failure';
import { parseRequest } from '../http/parse-request';
import { tenantOf, userOf } from '../http/request-identity';
import { sendList } from '../http/respond';
import { requireAdminRole } from '../middleware/require-auth';

/** Who did what, the latest first. Operations (`superadmin`) read over all tenants, everybody else their own. */
export function createAuditRoutes(database: DatabaseClient): Router {
  const router = Router();

  router.get('/', requireAdminRole, async (req, res) => {
    const tenant = tenantOf(req);
    const query = parseRequest(auditListQuerySchema, req.query);
    let entries = database.from('audit_log').select('*', { count: 'exact' });
    if (userOf(req).role !== 'superadmin') entries = entries.eq('tenant_id', tenant.id);
    if (query.action) entries = entries.eq('action', query.action);
    if (query.subject_id) entries = entries.eq('subject_id', query.subject_id);
    const { data, error, count } = await entries
      .order('created_at', { ascending: false })
      .order('id')
      .range(query.offset, query.offset + query.limit - 1);
    if (error) throw databaseFailure(error);
    sendList(res, auditEntrySchema, data, { ...query, total: count });
  });

  return router;
}

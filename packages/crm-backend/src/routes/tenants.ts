import { tenantSchema } from '@aisha/crm-contracts';
import { Router } from 'express';
import { z } from 'zod';
import type { DatabaseClient } from '../database/database-client';
import { databaseFailure } from '../http/database-failure';
import { userOf } from '../http/request-identity';
import { sendItem } from '../http/respond';
import { requireAuth } from '../middleware/require-auth';

/** The tenants in which the caller may act: their own, or all of them for a superadmin. */
export function createTenantsRoutes(database: DatabaseClient): Router {
  const router = Router();

  router.get('/', requireAuth, async (req, res) => {
    const user = userOf(req);
    const tenants = database.from('tenant').select('id, slug, name');
    const { data, error } = await (user.role === 'superadmin' ? tenants : tenants.eq('id', user.tenantId)).order('name');
    if (error) throw databaseFailure(error);
    sendItem(res, z.array(tenantSchema), data);
  });

  return router;
}

import { type Tenant, tenantSchema } from '@aisha/crm-contracts';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import type { DatabaseClient } from '../database/database-client';
import { HttpError } from '../http/http-error';

/**
 * Gate: somebody is signed in and may act in the tenant they name, by id or slug, in `x-tenant-id`, the query string
 * or the body; without a name, their own. Fills `req.tenant`. A tenant that does not exist and one that is not theirs
 * are refused alike, so nobody learns which tenants there are.
 */
export function createTenantValidation(database: DatabaseClient): RequestHandler {
  return async (req, _res, next) => {
    if (req.user === undefined) throw new HttpError('unauthenticated', 'Sign in first.');
    const [named, ...others] = namedTenants(req);
    if (others.length > 0) throw new HttpError('invalid_request', 'The request names more than one tenant.');
    const tenant = await findTenant(database, named ?? req.user.tenantId);
    if (tenant === undefined || (tenant.id !== req.user.tenantId && req.user.role !== 'superadmin')) {
      throw new HttpError('forbidden', 'No access to this tenant.');
    }
    req.tenant = tenant;
    next();
  };
}

function namedTenants(req: Request): readonly string[] {
  const body: unknown = req.body;
  const inBody = typeof body === 'object' && body !== null && 'tenant_id' in body ? body.tenant_id : undefined;
  const names = [req.get('x-tenant-id'), req.query['tenant_id'], inBody].flat().filter((name) => name !== undefined && name !== '');
  return [...new Set(names.map(String))];
}

async function findTenant(database: DatabaseClient, name: string): Promise<Tenant | undefined> {
  const column = z.uuid().safeParse(name).success ? 'id' : 'slug';
  const { data, error } = await database.from('tenant').select('id, slug, name').eq(column, name).maybeSingle();
  if (error) throw new Error(`[ValidateTenant] cannot read tenant: ${error.message}`);
  return data === null ? undefined : tenantSchema.parse(data);
}

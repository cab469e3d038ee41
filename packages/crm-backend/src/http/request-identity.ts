import type { Tenant } from '@aisha/crm-contracts';
import type { Request } from 'express';
import type { Identity } from '../services/identities';

declare module 'express-serve-static-core' {
  interface Request {
    /** Filled by `authenticateRequest`; its absence means nobody is signed in. */
    user?: Identity;
    /** Filled by `validateTenantAccess`; the only tenant a handler may use. */
    tenant?: Tenant;
  }
}

/** @throws when the route is mounted without `validateTenantAccess`: a mistake in the mount table. */
export function tenantOf(req: Request): Tenant {
  if (req.tenant === undefined) throw new Error(`${req.baseUrl} is mounted without validateTenantAccess.`);
  return req.tenant;
}

/** @throws when the route is mounted without a gate. */
export function userOf(req: Request): Identity {
  if (req.user === undefined) throw new Error(`${req.baseUrl} is mounted without a gate.`);
  return req.user;
}

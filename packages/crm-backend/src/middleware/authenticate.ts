import type { RequestHandler } from 'express';
import type { AccessTokens } from '../services/access-tokens';
import type { Identities } from '../services/identities';

/**
 * Fills `req.user` from a bearer token, and lets every request pass: it says who is calling, not who may.
 * The gates are `requireAuth`, `requireAdminRole` and `validateTenantAccess`.
 */
export function createAuthentication(tokens: AccessTokens, identities: Identities): RequestHandler {
  return async (req, _res, next) => {
    const [, token] = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '') ?? [];
    const claims = token === undefined ? undefined : await tokens.verify(token);
    const user = claims === undefined ? undefined : await identities.find(claims);
    if (user !== undefined) req.user = user;
    next();
  };
}

import type { Request, RequestHandler } from 'express';
import type { AccessTokens } from '../services/access-tokens';
import type { Identities } from '../services/identities';
import type { SignOuts } from '../services/sign-outs';

/**
 * Fills `req.user` from a bearer token, and lets every request pass: it says who is calling, not who may.
 * The gates are `requireAuth`, `requireAdminRole` and `validateTenantAccess`.
 */
export function createAuthentication(tokens: AccessTokens, identities: Identities, signOuts: SignOuts): RequestHandler {
  return async (req, _res, next) => {
    const token = bearerToken(req);
    const claims = token === undefined ? undefined : await tokens.verify(token);
    const user = claims === undefined ? undefined : await identities.find(claims);
    if (token !== undefined && user !== undefined && !(await signOuts.has(token))) req.user = user;
    next();
  };
}

export function bearerToken(req: Request): string | undefined {
  return /^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1];
}

import { signInInputSchema, signInSchema, tenantSchema } from '@aisha/crm-contracts';
import { Router } from 'express';
import type { DatabaseClient } from '../database/database-client';
import { databaseFailure } from '../http/database-failure';
import { HttpError } from '../http/http-error';
import { parseRequest } from '../http/parse-request';
import { sendItem } from '../http/respond';
import type { Logger } from '../logger';
import { bearerToken } from '../middleware/authenticate';
import { requireAuth } from '../middleware/require-auth';
import type { AccessTokens } from '../services/access-tokens';
import { verifyPassword } from '../services/passwords';
import type { SignOuts } from '../services/sign-outs';

export interface AuthenticationRoutesDependencies {
  readonly database: DatabaseClient;
  readonly tokens: AccessTokens;
  readonly signOuts: SignOuts;
  readonly log: Logger;
}

export function createAuthenticationRoutes({ database, tokens, signOuts, log }: AuthenticationRoutesDependencies): Router {
  const router = Router();

  /** One answer for a wrong tenant, address and password alike: nobody learns which of them exist. */
  router.post('/sign-in', async (req, res) => {
    const { tenant: slug, email, password } = parseRequest(signInInputSchema, req.body);
    const tenant = await database.from('tenant').select('id, slug, name').eq('slug', slug).maybeSingle();
    if (tenant.error) throw databaseFailure(tenant.error);
    const user = await database
      .from('users')
      .select('*')
      .eq('tenant_id', tenant.data?.['id'] ?? null)
      .eq('email', email)
      .eq('status', 'active')
      .maybeSingle();
    if (user.error) throw databaseFailure(user.error);
    const kept = await database
      .from('user_passwords')
      .select('password_hash')
      .eq('tenant_id', tenant.data?.['id'] ?? null)
      .eq('user_id', user.data?.['id'] ?? null)
      .maybeSingle();
    if (kept.error) throw databaseFailure(kept.error);
    const isRight = await verifyPassword(password, kept.data === null ? undefined : String(kept.data['password_hash']));
    if (!isRight || tenant.data === null || user.data === null) {
      log.warn('[AuthenticationRoute] sign-in refused', { tenant: tenant.data?.['id'] });
      throw new HttpError('unauthenticated', 'Company, address or password is wrong.');
    }
    const { id } = tenantSchema.parse(tenant.data);
    const token = await tokens.sign({ sub: String(user.data['id']), tenant_id: id });
    log.info('[AuthenticationRoute] signed in', { tenant: id, user: user.data['id'] });
    sendItem(res, signInSchema, { token, user: user.data, tenant: tenant.data });
  });

  router.post('/sign-out', requireAuth, async (req, res) => {
    const token = bearerToken(req);
    if (token !== undefined) await signOuts.add(token);
    log.info('[AuthenticationRoute] signed out', { user: req.user?.id });
    res.status(204).end();
  });

  return router;
}

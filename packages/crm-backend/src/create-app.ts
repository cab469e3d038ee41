import express, { type Express } from 'express';
import type { DatabaseClaims, DatabaseClient } from './database/database-client';
import type { Logger } from './logger';
import { createAuthentication } from './middleware/authenticate';
import { answerNotFound, createErrorHandler } from './middleware/error-handler';
import { createRequestLog } from './middleware/log-requests';
import { createLimiter, type RateLimit } from './middleware/rate-limiter';
import { createTenantValidation } from './middleware/validate-tenant-access';
import { createAccountsRoutes } from './routes/accounts';
import { createActivitiesRoutes } from './routes/activities';
import { createContactsRoutes } from './routes/contacts';
import { createHealthRoutes } from './routes/health';
import { createUsersRoutes } from './routes/users';
import type { AccessTokens } from './services/access-tokens';
import { createIdentities } from './services/identities';

export interface AppDependencies {
  /** Bypasses row level security: see `createServiceRoleClient`. */
  readonly database: DatabaseClient;
  /** Confined by row level security to the claims. */
  readonly authenticated: (claims: DatabaseClaims) => DatabaseClient;
  readonly tokens: AccessTokens;
  readonly rateLimit: RateLimit;
  readonly log: Logger;
  readonly now: () => Date;
}

/** The application without a port. Every mount reads: limiter, who calls, may they, what they want. */
export function createApp({ database, authenticated, tokens, rateLimit, log, now }: AppDependencies): Express {
  const identities = createIdentities(database, now);
  const defaultLimiter = createLimiter(rateLimit);
  const authenticateRequest = createAuthentication(tokens, identities);
  const validateTenantAccess = createTenantValidation(database);

  const app = express();
  app.disable('x-powered-by');
  app.use(createRequestLog(log));
  app.use(express.json({ limit: '256kb' }));

  app.use('/api/health', defaultLimiter, authenticateRequest, createHealthRoutes(database));
  app.use('/api/contacts', defaultLimiter, authenticateRequest, validateTenantAccess, createContactsRoutes(database, log, now));
  app.use('/api/accounts', defaultLimiter, authenticateRequest, validateTenantAccess, createAccountsRoutes(database, log));
  app.use('/api/activities', defaultLimiter, authenticateRequest, validateTenantAccess, createActivitiesRoutes(database, log, now));
  app.use(
    '/api/users', defaultLimiter, authenticateRequest, validateTenantAccess,
    createUsersRoutes({ database, authenticated, identities, log }),
  );

  app.use(answerNotFound);
  app.use(createErrorHandler(log));
  return app;
}

import cors from 'cors';
import express, { type Express } from 'express';
import type { DatabaseClaims, DatabaseClient } from './database/database-client';
import type { Logger } from './logger';
import { auditWrites } from './middleware/audit-writes';
import { createAuthentication } from './middleware/authenticate';
import { answerNotFound, createErrorHandler } from './middleware/error-handler';
import { createRequestLog } from './middleware/log-requests';
import { createLimiter, type RateLimit } from './middleware/rate-limiter';
import { createTenantValidation } from './middleware/validate-tenant-access';
import type { CacheClient } from './redis/cache-client';
import type { MemoryClient } from './redis/memory-client';
import { createAccountsRoutes } from './routes/accounts';
import { createActivitiesRoutes } from './routes/activities';
import { createAiRoutes } from './routes/ai';
import { createAuditRoutes } from './routes/audit';
import { createAuthenticationRoutes } from './routes/authentication';
import { createCampaignsRoutes } from './routes/campaigns';
import { createContactsRoutes } from './routes/contacts';
import { createHealthRoutes } from './routes/health';
import { createLeadsRoutes } from './routes/leads';
import { createOpportunitiesRoutes } from './routes/opportunities';
import { createReportsRoutes } from './routes/reports';
import { createTenantsRoutes } from './routes/tenants';
import { createUsersRoutes } from './routes/users';
import type { AccessTokens } from './services/access-tokens';
import { createAuditLog } from './services/audit-log';
import { templateWriter } from './services/draft-writer';
import { createIdentities } from './services/identities';
import { createRecentDrafts } from './services/recent-drafts';
import { createSignOuts } from './services/sign-outs';
import { createWorkerPresence } from './services/worker-presence';

export interface AppDependencies {
  /** Bypasses row level security: see `createServiceRoleClient`. */
  readonly database: DatabaseClient;
  /** Confined by row level security to the claims. */
  readonly authenticated: (claims: DatabaseClaims) => DatabaseClient;
  /** Answers that can be computed again. */
  readonly cache: CacheClient;
  /** What people and workers are doing right now. */
  readonly memory: MemoryClient;
  readonly tokens: AccessTokens;
  readonly rateLimit: RateLimit;
  /** Attempts to sign in; the window is that of `rateLimit`. */
  readonly signInRateLimitMax: number;
  readonly frontendOrigin: string;
  readonly log: Logger;
  readonly now: () => Date;
}

/** The application without a port. Every mount reads: limiter, who calls, may they, what they want. */
export function createApp(dependencies: AppDependencies): Express {
  const { database, authenticated, cache, memory, tokens, rateLimit, log, now } = dependencies;
  const identities = createIdentities(database, now);
  const audit = createAuditLog(database);
  const signOuts = createSignOuts(cache);
  const defaultLimiter = createLimiter(rateLimit);
  const signInLimiter = createLimiter({ max: dependencies.signInRateLimitMax, windowMs: rateLimit.windowMs });
  const authenticateRequest = createAuthentication(tokens, identities, signOuts);
  const validateTenantAccess = createTenantValidation(database);

  const app = express();
  app.disable('x-powered-by');
  app.use(createRequestLog(log));
  app.use(cors({ origin: dependencies.frontendOrigin, allowedHeaders: ['authorization', 'content-type', 'x-tenant-id'], maxAge: 600 }));
  app.use(express.json({ limit: '256kb' }));

  app.use('/api/health', defaultLimiter, authenticateRequest, createHealthRoutes(database, createWorkerPresence(memory)));
  app.use('/api/auth', signInLimiter, authenticateRequest, createAuthenticationRoutes({ database, tokens, signOuts, log }));
  app.use('/api/tenants', defaultLimiter, authenticateRequest, createTenantsRoutes(database));
  app.use('/api/contacts', defaultLimiter, authenticateRequest, validateTenantAccess, createContactsRoutes(database, log, now));
  app.use('/api/accounts', defaultLimiter, authenticateRequest, validateTenantAccess, createAccountsRoutes(database, log));
  app.use('/api/activities', defaultLimiter, authenticateRequest, validateTenantAccess, createActivitiesRoutes(database, log, now));
  app.use(
    '/api/users', defaultLimiter, authenticateRequest, validateTenantAccess, auditWrites('users', audit),
    createUsersRoutes({ database, authenticated, identities, log }),
  );
  app.use('/api/leads', defaultLimiter, authenticateRequest, validateTenantAccess, createLeadsRoutes({ database, cache, audit, log }));
  app.use(
    '/api/opportunities', defaultLimiter, authenticateRequest, validateTenantAccess,
    createOpportunitiesRoutes({ database, cache, audit, log }),
  );
  app.use('/api/campaigns', defaultLimiter, authenticateRequest, validateTenantAccess, createCampaignsRoutes({ database, audit, log, now }));
  app.use('/api/reports', defaultLimiter, authenticateRequest, validateTenantAccess, createReportsRoutes(database, cache));
  app.use(
    '/api/ai', defaultLimiter, authenticateRequest, validateTenantAccess,
    createAiRoutes({ database, writer: templateWriter, drafts: createRecentDrafts(memory), log, now }),
  );
  app.use('/api/audit', defaultLimiter, authenticateRequest, validateTenantAccess, createAuditRoutes(database));

  app.use(answerNotFound);
  app.use(createErrorHandler(log));
  return app;
}

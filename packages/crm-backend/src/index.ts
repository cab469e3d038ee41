export { type Config, environmentNames, readConfig } from './config';
export { type AppDependencies, createApp } from './create-app';
export type { SqlConnection } from './database/connection';
export { createAuthenticatedClient, createServiceRoleClient, type DatabaseClient } from './database/database-client';
export { migrate } from './database/migrate';
export { openConnection } from './database/open-connection';
export { createLogger, formatLogEntry, type LogEntry, type Logger } from './logger';
export { createAccessTokens } from './services/access-tokens';
export { type RunningServer, startServer } from './start-server';

import { join } from 'node:path';
import { z } from 'zod';

const emptyIsAbsent = (value: unknown) => (value === '' ? undefined : value);
const optionalText = z.preprocess(emptyIsAbsent, z.string().optional());
const wholeNumber = (fallback: number) => z.preprocess(emptyIsAbsent, z.coerce.number().int().positive().default(fallback));

const environmentSchema = z.object({
  PORT: wholeNumber(3001),
  HOST: z.preprocess(emptyIsAbsent, z.string().default('127.0.0.1')),
  /** No default: a known secret is no secret. */
  JWT_SECRET: z.string({ error: 'must be set' }).min(32, 'must have at least 32 characters'),
  DATABASE_URL: optionalText,
  PGLITE_DIRECTORY: optionalText,
  MIGRATIONS_DIRECTORY: z.preprocess(emptyIsAbsent, z.string().default(join(__dirname, '../../crm/migrations'))),
  RATE_LIMIT_MAX: wholeNumber(120),
  RATE_LIMIT_WINDOW_MS: wholeNumber(60_000),
  SIGN_IN_RATE_LIMIT_MAX: wholeNumber(10),
  REDIS_MEMORY_URL: optionalText,
  REDIS_CACHE_URL: optionalText,
  FRONTEND_ORIGIN: z.preprocess(emptyIsAbsent, z.string().default('http://localhost:4000')),
  /** Only `true` switches it on: a process that sends to people must be meant to. */
  CAMPAIGN_WORKER_ENABLED: z.preprocess(emptyIsAbsent, z.enum(['true', 'false']).default('false')),
  CAMPAIGN_WORKER_PAUSE_MS: wholeNumber(5000),
  DEMO_PASSWORD: z.preprocess(emptyIsAbsent, z.string().min(12, 'must have at least 12 characters').optional()),
});

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly jwtSecret: string;
  /** Absent: the embedded Postgres, in `pgliteDirectory` or in memory. */
  readonly databaseUrl: string | undefined;
  readonly pgliteDirectory: string | undefined;
  readonly migrationsDirectory: string;
  readonly rateLimit: { readonly max: number; readonly windowMs: number };
  /** Attempts to sign in, per address and the same window. */
  readonly signInRateLimitMax: number;
  /** Absent: kept in this process, which is enough for one process and no restart. */
  readonly redisUrls: { readonly memory: string | undefined; readonly cache: string | undefined };
  /** Where the pages come from, as the browser sees it: the only origin that may call. */
  readonly frontendOrigin: string;
  /** Absent: this process sends no campaigns. */
  readonly campaignWorker: { readonly pauseMs: number } | undefined;
  /** Absent: no demo companies are made. */
  readonly demoPassword: string | undefined;
}

/** Names of the variables read here, for the checks of `.env.example`. */
export const environmentNames: readonly string[] = Object.keys(environmentSchema.shape);

/** @throws naming every variable that is missing or wrong, never a value. */
export function readConfig(environment: Environment): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Error(`Cannot start: ${faults.join('; ')}.`);
  }
  const { data } = parsed;
  return {
    host: data.HOST,
    port: data.PORT,
    jwtSecret: data.JWT_SECRET,
    databaseUrl: data.DATABASE_URL,
    pgliteDirectory: data.PGLITE_DIRECTORY,
    migrationsDirectory: data.MIGRATIONS_DIRECTORY,
    rateLimit: { max: data.RATE_LIMIT_MAX, windowMs: data.RATE_LIMIT_WINDOW_MS },
    signInRateLimitMax: data.SIGN_IN_RATE_LIMIT_MAX,
    redisUrls: { memory: data.REDIS_MEMORY_URL, cache: data.REDIS_CACHE_URL },
    frontendOrigin: data.FRONTEND_ORIGIN,
    campaignWorker: data.CAMPAIGN_WORKER_ENABLED === 'true' ? { pauseMs: data.CAMPAIGN_WORKER_PAUSE_MS } : undefined,
    demoPassword: data.DEMO_PASSWORD,
  };
}

import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createApp } from './create-app';
import type { DatabaseClient } from './database/database-client';
import { createLogger, type LogEntry } from './logger';
import { createCacheClient } from './redis/cache-client';
import { createInProcessStore } from './redis/in-process-store';
import { createMemoryClient } from './redis/memory-client';
import { createAccessTokens } from './services/access-tokens';

const tokens = createAccessTokens('a secret of this test, long enough');
const unreachable: DatabaseClient = {
  from: () => {
    throw new Error('the database was asked');
  },
};
const logged: LogEntry[] = [];
const servers: Server[] = [];

const now = () => new Date('2026-03-02T09:00:00.000Z');
const log = createLogger((entry) => void logged.push(entry));

async function start(max: number): Promise<string> {
  const store = createInProcessStore(now);
  const app = createApp({
    database: unreachable,
    authenticated: () => unreachable,
    cache: createCacheClient(store, log),
    memory: createMemoryClient(store),
    tokens,
    rateLimit: { max, windowMs: 60_000 },
    signInRateLimitMax: max,
    frontendOrigin: 'http://localhost:4000',
    log,
    now,
  });
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

const signedIn = async (): Promise<Record<string, string>> => {
  const token = await tokens.sign({ sub: '00000000-0000-4000-8000-000000000001', tenant_id: '00000000-0000-4000-8000-000000000002' });
  return { authorization: `Bearer ${token}` };
};

describe('the chain in front of every route', () => {
  let url: string;
  beforeAll(async () => void (url = await start(1000)));

  it.each([
    'contacts', 'accounts', 'activities', 'activities/stats', 'users', 'users/me', 'health/database', 'leads', 'opportunities', 'campaigns',
    'reports/pipeline', 'reports/leads', 'ai/drafts', 'ai/suggestions', 'audit', 'tenants',
  ])(
    'lets nobody reach /api/%s without signing in', async (path) => {
      const response = await fetch(`${url}/api/${path}`);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ status: 'error', error: { code: 'unauthenticated', message: 'Sign in first.' } });
    },
  );

  it.each([
    ['no bearer', 'Basic abc'],
    ['no token of ours', 'Bearer abc.def.ghi'],
    ['a token signed with another secret', ''],
  ])('takes %s for nobody', async (_case, header) => {
    const other = await createAccessTokens('quite another secret, just as long').sign({
      sub: '00000000-0000-4000-8000-000000000001', tenant_id: '00000000-0000-4000-8000-000000000002',
    });
    const response = await fetch(`${url}/api/contacts`, { headers: { authorization: header || `Bearer ${other}` } });
    expect(response.status).toBe(401);
  });

  it('answers on /api/health without a database and without signing in', async () => {
    const response = await fetch(`${url}/api/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'success', data: { process: 'ok' } }]);
  });

  it('answers an unknown route, and a body that is no JSON, in its own words', async () => {
    expect((await fetch(`${url}/api/nowhere`)).status).toBe(404);
    const response = await fetch(`${url}/api/contacts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    expect([response.status, await response.json()]).toEqual([
      400, { status: 'error', error: { code: 'invalid_request', message: 'The body cannot be read.' } },
    ]);
  });

  it('logs what nobody foresaw with its stack, and tells the caller nothing of it', async () => {
    const response = await fetch(`${url}/api/contacts`, { headers: await signedIn() });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('the database was asked');
    const entry = logged.find(({ level }) => level === 'error');
    expect(entry?.message).toBe('[ErrorHandler] GET /api/contacts failed');
    expect(entry?.error).toMatchObject({ message: 'the database was asked' });
  });

  it('logs every request without its headers', async () => {
    await fetch(`${url}/api/health`, { headers: await signedIn() }).catch(() => undefined);
    expect(logged.map(({ message }) => message)).toContain('[RequestLog] GET /api/health 200');
    expect(JSON.stringify(logged)).not.toContain('Bearer');
  });
});

describe('the limiter', () => {
  it('stops a caller at the limit, before anybody asks who they are', async () => {
    const url = await start(2);
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await fetch(`${url}/api/contacts`)).status);
    expect(statuses).toEqual([401, 401, 429]);
  });
});

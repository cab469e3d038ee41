import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../logger';
import { createInProcessStore } from '../redis/in-process-store';
import type { RedisStores } from '../redis/open-stores';
import { openRedisServer } from '../redis/redis-server-store';
import type { RedisStore } from '../redis/redis-store';

/** Whether a `redis-server` is on the PATH. */
export function hasRedisServer(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * Two empty stores for one test file: on the servers that `TEST_REDIS_MEMORY_URL` and `TEST_REDIS_CACHE_URL` name, under
 * a prefix of their own; or else on two servers started for it, as compose starts them; or else in this process, on the
 * test's clock.
 */
export async function openTestStores(log: Logger, now: () => Date): Promise<RedisStores> {
  const memoryUrl = process.env['TEST_REDIS_MEMORY_URL'];
  const cacheUrl = process.env['TEST_REDIS_CACHE_URL'];
  if (memoryUrl && cacheUrl) return together(await openShared(memoryUrl, log), await openShared(cacheUrl, log));
  if (!hasRedisServer()) return together(createInProcessStore(now), createInProcessStore(now));
  return together(await openOwn(['--maxmemory-policy', 'noeviction'], log), await openOwn(['--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru'], log));
}

function together(memory: RedisStore, cache: RedisStore): RedisStores {
  return { memory, cache, close: async () => void (await Promise.all([memory.close(), cache.close()])) };
}

async function openShared(url: string, log: Logger): Promise<RedisStore> {
  const store = await openRedisServer({ url, prefix: `crm_test_${randomUUID()}:` }, log);
  return {
    ...store,
    close: async () => {
      await store.delete(await store.keysWith(''));
      await store.close();
    },
  };
}

/** The shell ends the server as soon as this process is gone, however it went: its standard input ends with it. */
const underWatch = 'redis-server "$@" & server=$!; cat >/dev/null; kill $server; wait $server';

async function openOwn(options: readonly string[], log: Logger): Promise<RedisStore> {
  const directory = await mkdtemp(join(tmpdir(), 'crm-redis-'));
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', '', '--pidfile', join(directory, 'pid'), ...options];
  const watch = spawn('sh', ['-c', underWatch, 'sh', ...settings], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise((resolve) => watch.once('exit', resolve));
  const store = await connectWhenUp(`redis://127.0.0.1:${port}`, log);
  return {
    ...store,
    close: async () => {
      await store.close();
      watch.stdin.end();
      await ended;
      if (existsSync(directory)) await rm(directory, { recursive: true });
    },
  };
}

async function connectWhenUp(url: string, log: Logger): Promise<RedisStore> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openRedisServer({ url }, log);
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames } from '@aisha/crm-backend';
import { findCharterViolations } from './charter';
import { readComposeFile, variablesOf } from './compose-file';

const read = (name: string) => readFileSync(join(__dirname, '..', name), 'utf8');
const compose = read('docker-compose.yml');

describe('docker-compose.yml', () => {
  it('keeps the charter', () => {
    expect(findCharterViolations(readComposeFile(compose))).toEqual([]);
  });

  it.each([
    ['a moved frontend', '4000:5173', '4000:3000', 'frontend: publishes 4000:3000, the charter says 4000:5173'],
    ['a moved backend', '4001:3001', '5001:3001', 'backend: publishes 5001:3001, the charter says 4001:3001'],
    ['a published database', 'image: postgres:17-alpine', 'image: postgres:17-alpine\n    ports: ["5432:5432"]', 'db: publishes 5432:5432, the charter says nothing'],
    ['one Redis for both roles', 'redis://redis-cache:6379', 'redis://redis-memory:6379', 'backend: REDIS_CACHE_URL does not name redis-cache'],
    ['a cache that forgets', '"60", "1"', '""', 'redis-cache: must survive a restart'],
    ['a memory that evicts', 'noeviction', 'allkeys-lru', 'redis-memory: must evict by noeviction'],
    ['a secret with a default', '${JWT_SECRET:?set JWT_SECRET in .env}', '${JWT_SECRET:-changeme}', 'backend: a secret must come from .env and have no default'],
    ['the Docker socket', 'redis-cache-data:/data', '/var/run/docker.sock:/data', 'redis-cache: mounts the Docker socket'],
    ['a privileged service', 'image: postgres:17-alpine', 'image: postgres:17-alpine\n    privileged: true', 'db: runs privileged'],
  ])('would not get away with %s', (_case, before, after, violation) => {
    expect(compose).toContain(before);
    expect(findCharterViolations(readComposeFile(compose.replace(before, after)))).toEqual([violation]);
  });
});

describe('.env.example', () => {
  const documented = new Map(read('.env.example').split('\n').flatMap((line) => {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value ?? ''] as const];
  }));

  it('names every variable that compose and the backend read', () => {
    const undocumented = [...variablesOf(compose), ...environmentNames].filter((name) => !documented.has(name));
    expect(undocumented).toEqual([]);
  });

  it('holds no secret', () => {
    expect(['JWT_SECRET', 'POSTGRES_PASSWORD', 'DEMO_PASSWORD'].map((name) => documented.get(name))).toEqual(['', '', '']);
  });
});

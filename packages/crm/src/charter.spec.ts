import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames } from '@aisha/crm-backend';
import { charterPorts, findCharterViolations, findDockerfileViolations } from './charter';
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

it('has every service checked for its health', () => {
  const { services } = readComposeFile(compose);
  for (const name of Object.keys(services)) {
    const { healthcheck: _gone, ...rest } = services[name] ?? { command: [], environment: {}, ports: [], volumes: [], privileged: false };
    expect(findCharterViolations({ services: { ...services, [name]: rest } })).toEqual([`${name}: has no health check`]);
  }
});

describe.each(Object.keys(charterPorts))('the Dockerfile of %s', (service) => {
  const workspace = join(__dirname, '../../..');
  const build = readComposeFile(compose).services[service]?.build;
  const text = readFileSync(join(workspace, build?.dockerfile ?? ''), 'utf8');
  const violations = (changed: string) => findDockerfileViolations(service, changed, (path) => existsSync(join(workspace, path)));

  it('is the one that compose builds from the root of the workspace, and keeps the charter', () => {
    expect(build).toEqual({ context: '../..', dockerfile: `packages/crm-${service}/Dockerfile` });
    expect(violations(text)).toEqual([]);
  });

  it('copies every package of the workspace that the service stands on', () => {
    const manifest = JSON.parse(readFileSync(join(workspace, `packages/crm-${service}/package.json`), 'utf8')) as { readonly dependencies: object };
    const own = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@aisha/')).map((name) => name.replace('@aisha', 'packages'));
    expect(own).toContain('packages/crm-contracts');
    expect([`packages/crm-${service}`, ...own].filter((path) => !text.includes(`COPY ${path} ${path}`))).toEqual([]);
  });

  it('builds with what its own manifest declares: types that another package of the workspace installs are not in the image', () => {
    const folder = join(workspace, `packages/crm-${service}`);
    const { devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly devDependencies: object };
    const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => /(?<!\.spec)\.tsx?$/.test(path));
    const imported = sources.flatMap((path) => [...readFileSync(join(folder, 'src', path), 'utf8').matchAll(/from '([a-z][\w-]*)'/g)].map(([, name]) => `@types/${name}`));
    expect(imported).toContain('@types/express');
    expect([...new Set(imported)].filter((name) => existsSync(join(workspace, 'node_modules', name)) && !(name in devDependencies))).toEqual([]);
  });

  it.each<[string, RegExp, string, string]>([
    ['root', /USER node\n/, '', 'runs as root'],
    ['root again after the user', /USER node\n/, 'USER node\nUSER 0:0\n', 'runs as root'],
    ['a user of the build stage alone', /USER node\n([^]*)$/, '$1', 'runs as root'],
    ['another port', /EXPOSE \d+/, 'EXPOSE 8080', `exposes 8080, the charter says ${charterPorts[service]?.split(':')[1]}`],
    ['a secret in a layer', /ENV NODE_ENV=production/, 'ENV JWT_SECRET=changeme', 'bakes JWT_SECRET into a layer'],
    ['a secret as a build argument', /WORKDIR/, 'ARG NPM_TOKEN\nWORKDIR', 'bakes NPM_TOKEN into a layer'],
    ['the whole context', /COPY package.json .*/, 'COPY . .', 'copies ., and secrets with it'],
    ['a shell before the process', /CMD .*/, 'CMD node packages/server.js', 'starts by node packages/server.js and not by ["node", "<file>.js"]'],
    ['a file that nothing is built to', /CMD \["node", "(.*)\/[^/]*\.js"\]/, 'CMD ["node", "$1/nothing.js"]', 'which nothing is built to'],
    ['an image without a version', /FROM node:22-alpine\n/, 'FROM node\n', 'node names no version'],
    ['a folder that is not there', /COPY packages\/crm-contracts packages\/crm-contracts/, 'COPY packages/gone packages/gone', 'copies packages/gone, which is not there'],
  ])('would not get away with %s', (_case, before, after, violation) => {
    const changed = text.replace(before, after);
    expect(changed).not.toBe(text);
    expect(violations(changed)).toEqual([expect.stringMatching(new RegExp(`^${service}: .*${violation.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`))]);
  });
});

it('keeps what is installed, built or secret out of the build context', () => {
  const ignored = readFileSync(join(__dirname, '../../../.dockerignore'), 'utf8').split('\n');
  expect(['**/node_modules', '**/dist', '**/.env', '**/.env.*', '!**/.env.example', '.git'].filter((line) => !ignored.includes(line))).toEqual([]);
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

import type { ComposeFile, ComposeService } from './compose-file';
import { type DockerStage, readDockerfile, sourcesOf, wordsOf } from './dockerfile';

/** Published ports, host first. Everything outside relies on them. Source: orchestra/ARCHITECTURE.md. */
export const charterPorts: Readonly<Record<string, string>> = { frontend: '4000:5173', backend: '4001:3001' };

const rolesOfRedis = [
  { service: 'redis-memory', variable: 'REDIS_MEMORY_URL', survivesRestart: false, policy: 'noeviction' },
  { service: 'redis-cache', variable: 'REDIS_CACHE_URL', survivesRestart: true, policy: 'allkeys-lru' },
] as const;

/** What in the compose file breaks the charter, in words; empty when nothing does. */
export function findCharterViolations({ services }: ComposeFile): readonly string[] {
  return [
    ...Object.entries(services).flatMap(([name, service]) => portViolations(name, service)),
    ...Object.keys(charterPorts).filter((name) => !(name in services)).map((name) => `${name}: the service is missing`),
    ...rolesOfRedis.flatMap((role) => redisViolations(services, role)),
    ...Object.entries(services).flatMap(([name, service]) => exposureViolations(name, service)),
  ];
}

function portViolations(name: string, { ports }: ComposeService): readonly string[] {
  const expected = charterPorts[name];
  const isRight = expected === undefined ? ports.length === 0 : ports.length === 1 && ports[0] === expected;
  return isRight ? [] : [`${name}: publishes ${ports.join(', ') || 'nothing'}, the charter says ${expected ?? 'nothing'}`];
}

function redisViolations(services: ComposeFile['services'], role: (typeof rolesOfRedis)[number]): readonly string[] {
  const service = services[role.service];
  if (service === undefined) return [`${role.service}: the service is missing`];
  const url = services['backend']?.environment[role.variable] ?? '';
  const saves = optionOf(service, '--save') !== '' && service.volumes.length > 0;
  return [
    ...(url === `redis://${role.service}:6379` ? [] : [`backend: ${role.variable} does not name ${role.service}`]),
    ...(saves === role.survivesRestart ? [] : [`${role.service}: must ${role.survivesRestart ? '' : 'not '}survive a restart`]),
    ...(optionOf(service, '--maxmemory-policy') === role.policy ? [] : [`${role.service}: must evict by ${role.policy}`]),
  ];
}

function optionOf({ command }: ComposeService, option: string): string | undefined {
  const at = command.indexOf(option);
  return at === -1 ? undefined : command[at + 1];
}

function exposureViolations(name: string, service: ComposeService): readonly string[] {
  const hasKnownSecret = Object.entries(service.environment).some(
    ([variable, value]) => /SECRET|PASSWORD|TOKEN|KEY/.test(variable) && !/^\$\{\w+:\?/.test(value),
  );
  return [
    ...(service.privileged ? [`${name}: runs privileged`] : []),
    ...(service.volumes.some((volume) => volume.includes('docker.sock')) ? [`${name}: mounts the Docker socket`] : []),
    ...(hasKnownSecret ? [`${name}: a secret must come from .env and have no default`] : []),
    ...(service.healthcheck === undefined ? [`${name}: has no health check`] : []),
  ];
}

/**
 * What in the Dockerfile of a service breaks the charter, in words. The image that runs is the last stage.
 * @param holds whether a path of the build context is there, a folder included
 */
export function findDockerfileViolations(service: string, text: string, holds: (path: string) => boolean): readonly string[] {
  const stages = readDockerfile(text);
  const last = stages.at(-1);
  return [
    ...(last === undefined ? ['has no FROM'] : []), ...userViolations(last), ...portViolationsOf(service, last), ...secretViolations(stages), ...startViolations(last, holds),
    ...stages.map(({ image }) => image).filter((image) => stages.every(({ name }) => name !== image) && !/:\d/.test(image)).map((image) => `${image} names no version`),
    ...sourcesOf(stages).filter((path) => !holds(path)).map((path) => `copies ${path}, which is not there`),
  ].map((violation) => `${service}: ${violation}`);
}

function userViolations(stage: DockerStage | undefined): readonly string[] {
  const user = wordsOf(stage, 'USER').at(-1) ?? 'root';
  return /^(?:root|0)(?::|$)/.test(user) ? ['runs as root'] : [];
}

/** The container's side of the published port. */
function portViolationsOf(service: string, stage: DockerStage | undefined): readonly string[] {
  const expected = charterPorts[service]?.split(':')[1];
  const exposed = wordsOf(stage, 'EXPOSE').join(' ');
  return exposed === expected ? [] : [`exposes ${exposed || 'nothing'}, the charter says ${expected ?? 'nothing'}`];
}

/** A layer is read by whoever has the image, also one that a later layer deletes from. */
function secretViolations(stages: readonly DockerStage[]): readonly string[] {
  const named = stages.flatMap((stage) => [...wordsOf(stage, 'ENV'), ...wordsOf(stage, 'ARG')]).filter((words) => /SECRET|PASSWORD|TOKEN|KEY/.test(words));
  const files = sourcesOf(stages).filter((path) => path === '.' || /(?:^|\/)\.env(?!\.example)/.test(path));
  return [...named.map((words) => `bakes ${words.split(/[=\s]/)[0] ?? ''} into a layer`), ...files.map((path) => `copies ${path}, and secrets with it`)];
}

/** Without a shell between, so that a stop reaches the process; and what is started is built from a source that is there. */
function startViolations(stage: DockerStage | undefined, holds: (path: string) => boolean): readonly string[] {
  const start = wordsOf(stage, 'CMD').at(-1) ?? '';
  const program = /^\["node", "([^"]+)\.js"\]$/.exec(start)?.[1];
  if (program === undefined) return [`starts by ${start || 'nothing'} and not by ["node", "<file>.js"]`];
  return holds(`${program.replace('/dist/', '/src/')}.ts`) ? [] : [`starts ${program}.js, which nothing is built to`];
}

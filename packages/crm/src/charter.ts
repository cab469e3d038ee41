import type { ComposeFile, ComposeService } from './compose-file';

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
    ...(name !== 'frontend' && service.healthcheck === undefined ? [`${name}: has no health check`] : []),
  ];
}

import { spawn } from 'node:child_process';
import { OrchestraError } from '../model';
import { safeEnvironment } from './safe-environment';

/** Keeps a child nx offline, quiet and without a daemon that would outlive it. */
export const nxEnvironment: Readonly<Record<string, string>> = {
  NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', NX_ISOLATE_PLUGINS: 'false', NX_INTERACTIVE: 'false', NX_SKIP_PROVENANCE_CHECK: 'true',
};

/**
 * Runs the workspace's own nx with its output shown as it comes; resolves with its exit code.
 * @throws OrchestraError 'world' when there is no nx to run.
 */
export function runNx(root: string, args: readonly string[]): Promise<number> {
  const nx = findNx(root);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [nx, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: childEnvironment() });
    child.once('error', (cause) => reject(new OrchestraError('world', 'nx could not be started.', { cause })));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Reports and the self-hosted cache are the gate's own business; a provider's key is not, so none is passed on. */
const passedOn = ['CI', 'GITHUB_STEP_SUMMARY', 'NX_SELF_HOSTED_REMOTE_CACHE_SERVER', 'NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN', 'ORCHESTRA_DEBUG'];

function childEnvironment(): NodeJS.ProcessEnv {
  const given = passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? ''] as const]));
  return { ...safeEnvironment(), ...nxEnvironment, ...Object.fromEntries(given) };
}

export function findNx(root: string): string {
  try {
    return require.resolve('nx/bin/nx.js', { paths: [root] });
  } catch (cause) {
    throw new OrchestraError('world', `There is no nx in ${root}. Install the workspace's packages first.`, { cause });
  }
}

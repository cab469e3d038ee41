import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, sep } from 'node:path';
import { type CommandSettings, OrchestraError } from '../../../model';
import { containmentWays, detectContainment, reachOf } from '../../containment';
import { type ProcessRequest, type ProcessResult, runProcess } from '../../run-process';
import { safeEnvironment } from '../../safe-environment';
import type { ScratchFolders } from '../../scratch-folders';

export interface AgentRun {
  readonly settings: CommandSettings;
  readonly root: string;
  readonly folders: ScratchFolders;
  readonly prompt: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Default: where bubblewrap works. */
  readonly contained: boolean;
}

/** Names every process of this run, also one that has left its group. */
const runMark = 'ORCHESTRA_AGENT_RUN';

export async function canContain(): Promise<boolean> {
  return (await detectContainment()).seal === containmentWays.bubblewrap.seal;
}

/** Runs the agent in its clone with an own home and the variables it was granted. When this returns, nothing of it runs any more. */
export async function runAgent(run: AgentRun): Promise<ProcessResult> {
  const { settings, folders } = run;
  copyHomeFiles(settings, folders.home);
  const [command = '', ...args] = settings.run;
  const granted = Object.fromEntries(settings.environment.flatMap((name) => (run.environment[name] === undefined ? [] : [[name, run.environment[name] ?? '']])));
  const env = safeEnvironment({ HOME: folders.home, TMPDIR: folders.temp, XDG_CONFIG_HOME: join(folders.home, '.config'), XDG_CACHE_HOME: folders.cache, XDG_DATA_HOME: join(folders.home, '.local/share'), GIT_CONFIG_NOSYSTEM: '1', ...granted, [runMark]: folders.base });
  const program = findProgram(command, run.environment['PATH'] ?? '');
  const request: ProcessRequest = {
    command: program, args, cwd: folders.tree, env, input: run.prompt, timeoutMs: settings.timeoutSeconds * 1000, mostOutput: settings.outputMegabytes * 1024 * 1024, outputLimit: 1024 * 1024,
  };
  try {
    return await runProcess(run.contained ? contained(request, run, program) : request);
  } finally {
    endSurvivors(folders.base);
  }
}

function contained(request: ProcessRequest, { settings, root, folders }: AgentRun, program: string): ProcessRequest {
  const readable = settings.readable.map((path) => path.replace(/^~(?=\/|$)/, homedir()));
  const names = existsSync('/etc/resolv.conf') ? [realpathSync('/etc/resolv.conf')] : [];
  const reach = reachOf(folders.base, root, [join(root, 'node_modules'), dirname(program), packageOf(realpathSync(program)), ...readable, ...names]);
  return containmentWays.bubblewrap.seal(request, { ...reach, network: settings.network });
}

/** What a program needs of itself: the package it is installed as, else its folder. */
function packageOf(program: string): string {
  const parts = program.split(sep);
  const inside = parts.lastIndexOf('node_modules');
  return inside < 0 ? dirname(program) : parts.slice(0, inside + 1).join(sep);
}

/** @throws OrchestraError 'input' when there is no such program */
function findProgram(command: string, path: string): string {
  const candidates = isAbsolute(command) ? [command] : command.includes('/') ? [] : path.split(delimiter).filter(isAbsolute).map((folder) => join(folder, command));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) {
    throw new OrchestraError('input', `--provider=command: there is no program "${command}". command.run in orchestra/orchestra.json begins with a name on the PATH or an absolute path. Nothing was written.`);
  }
  return found;
}

function copyHomeFiles(settings: CommandSettings, home: string): void {
  for (const path of settings.homeFiles) {
    const source = join(homedir(), path);
    if (isAbsolute(path) || !source.startsWith(homedir() + sep)) throw new OrchestraError('input', `command.homeFiles: "${path}" does not lie below the home folder.`);
    if (!existsSync(source)) throw new OrchestraError('input', `command.homeFiles: there is no ~/${path}. Log the agent in first, or take the entry out.`);
    mkdirSync(dirname(join(home, path)), { recursive: true });
    copyFileSync(source, join(home, path));
  }
}

/** A process that has left the group still carries the mark in its environment. Only Linux lets us look; elsewhere it may live on. */
function endSurvivors(mark: string): void {
  if (process.platform !== 'linux') return;
  for (let round = 0, found = true; found && round < 10; round += 1) {
    found = false;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)) {
      if (pid === process.pid || !environmentOf(pid).includes(`${runMark}=${mark}`)) continue;
      found = true;
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone by itself.
      }
    }
  }
}

function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

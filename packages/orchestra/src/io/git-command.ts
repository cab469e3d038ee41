import { OrchestraError } from '../model';
import { type ProcessBytes, runProcessBytes } from './run-process';

export interface GitOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are an answer. Default: only 0. */
  readonly accept?: readonly number[];
}

/** One git, bound to one folder. Nothing here writes to the repository. */
export interface GitCommand {
  readonly cwd: string;
  bytes(args: readonly string[], options?: GitOptions): Promise<ProcessBytes>;
  /** Standard output, one trailing line break cut. */
  text(args: readonly string[], options?: GitOptions): Promise<string>;
  /** NUL-separated output as a list. */
  list(args: readonly string[], options?: GitOptions): Promise<string[]>;
}

/**
 * The repository's own config may name programs (hooks, monitors, signature checks); a question must not run them.
 * Filters stay: without them a working file could not be compared with its blob.
 */
const overrides = [
  'core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.quotepath=false', 'core.untrackedCache=false', 'core.trustctime=true',
  'core.checkStat=default', 'core.safecrlf=false', 'core.pager=cat', 'diff.renameLimit=2000', 'log.showSignature=false', 'gc.auto=0',
  'maintenance.auto=false', 'submodule.recurse=false', 'advice.addEmbeddedRepo=false',
];

export function createGit(cwd: string): GitCommand {
  const bytes = async (args: readonly string[], options: GitOptions = {}): Promise<ProcessBytes> => {
    const result = await runProcessBytes({
      command: 'git',
      args: ['--no-optional-locks', '--no-pager', '--literal-pathspecs', ...overrides.flatMap((pair) => ['-c', pair]), ...args],
      cwd,
      env: { ...gitEnvironment(), ...options.env },
      outputLimit: Number.MAX_SAFE_INTEGER,
      ...(options.input === undefined ? {} : { input: options.input }),
    });
    if (result.code === null || !(options.accept ?? [0]).includes(result.code)) throw gitFailure(cwd, args, result);
    return result;
  };
  const text = async (args: readonly string[], options?: GitOptions) => (await bytes(args, options)).stdout.toString('utf8').replace(/\n$/, '');
  const list = async (args: readonly string[], options?: GitOptions) => (await bytes(args, options)).stdout.toString('utf8').split('\0').filter((item) => item !== '');
  return { cwd, bytes, text, list };
}

/** `GIT_DIR` and its like (set inside a hook) would point git elsewhere; only where its config lies is passed on. */
function gitEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat' };
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && (/^(PATH|HOME|TMPDIR|XDG_CONFIG_HOME)$/.test(name) || name.startsWith('GIT_CONFIG_'))) environment[name] = value;
  }
  return environment;
}

function gitFailure(cwd: string, args: readonly string[], result: ProcessBytes): OrchestraError {
  const stderr = result.stderr.toString('utf8').trim();
  if (/not a git repository/i.test(stderr)) {
    return new OrchestraError('world', `${cwd} is not inside a git repository: run "git init" and commit once.`);
  }
  if (/dubious ownership/i.test(stderr)) {
    return new OrchestraError('world', `git does not trust ${cwd}, because another user owns it: run "git config --global --add safe.directory ${cwd}".`);
  }
  const words = args.filter((word) => !word.startsWith('-')).slice(0, 2).join(' ');
  return new OrchestraError('world', `"git ${words}" failed in ${cwd}: ${stderr.split('\n')[0] || `exit ${result.code ?? result.signal}`}.`);
}

import { execFileSync } from 'node:child_process';

/**
 * `nx affected` keeps `--base` and `--head` for itself, and its tasks would then judge another range than the one that chose them. What it
 * was given is handed on as the variables that the target reads, a base as the merge base that Nx itself compares with.
 *
 * @param argv of the nx command, program and script first
 * @returns variables for the tasks; undefined when the command names no range or does not run the target
 */
export function affectedRange(argv: readonly string[], targetName: string, workspaceRoot: string): Record<string, string> | undefined {
  const [, , command, ...rest] = argv;
  if (command !== 'affected' || !rest.some((each) => each.replace(/^[^=]*=/, '').split(',').includes(targetName))) return undefined;
  const [base, head] = [valueOf(rest, 'base'), valueOf(rest, 'head')];
  const range = {
    ...(base === undefined ? {} : { NX_BASE: mergeBase(base, head ?? process.env['NX_HEAD'] ?? 'HEAD', workspaceRoot) }),
    ...(head === undefined ? {} : { NX_HEAD: head }),
  };
  return Object.keys(range).length === 0 ? undefined : range;
}

function valueOf(args: readonly string[], name: string): string | undefined {
  const joined = args.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
  const next = args[args.indexOf(`--${name}`) + 1];
  const value = joined ?? (args.includes(`--${name}`) ? next : undefined);
  return value === undefined || value === '' || value.startsWith('-') ? undefined : value;
}

function mergeBase(base: string, head: string, workspaceRoot: string): string {
  try {
    return execFileSync('git', ['merge-base', base, head === '' ? 'HEAD' : head], { cwd: workspaceRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    // Unknown here: the target says so in its own words.
    return base;
  }
}

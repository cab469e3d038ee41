import { createHash } from 'node:crypto';
import { type Dirent, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

/** What runs tests, compiles them or judges, by package or scope: whoever rewrites one of these writes the next verdict. */
const tools = /^(?:\.bin|jest|jest-.+|@jest|ts-jest|babel-jest|expect|expect-utils|chai|vite|vite-node|vitest|@vitest|nx|@nx|@aisha|@swc|@swc-node|esbuild|ts-node|typescript)$/;

/**
 * Package or scope → sha256 over path, size, inode, mode, mtime and ctime of its files, for the runners and judges in the
 * `node_modules` of the given folders. Not by content, which would cost seconds: a program can set mtime, but none can set ctime.
 * Everything else in there, caches above all, is left out: an honest build writes there.
 */
export function fingerprintTools(root: string, folders: readonly string[]): ReadonlyMap<string, string> {
  const prints = new Map<string, string>();
  const realRoot = realpathSync(root);
  for (const folder of folders) {
    const modules = join(root, folder, 'node_modules');
    for (const name of toolsIn(modules)) {
      const lines = stampsBelow(join(modules, name), realRoot);
      prints.set(posix.join(folder, 'node_modules', name), createHash('sha256').update(lines.sort().join('\0')).digest('hex'));
    }
  }
  return prints;
}

/** Those that lie there by name, and those that pnpm keeps behind them, in `.pnpm/<name>@<version>` or `.pnpm/@<scope>+<name>@<version>`. */
function toolsIn(modules: string): readonly string[] {
  const direct = entriesOf(modules).map(({ name }) => name).filter((name) => tools.test(name));
  const stored = entriesOf(join(modules, '.pnpm')).flatMap(({ name }) => {
    const own = /^(?:@[^+]+|[^@]+)/.exec(name)?.[0] ?? '';
    return tools.test(own) ? [`.pnpm/${name}/node_modules/${own}`] : [];
  });
  return [...direct, ...stored];
}

/** A package may be a link to where it is installed; a scope holds packages, which may be. Links further down are only noted. */
function stampsBelow(path: string, realRoot: string): string[] {
  const lines: string[] = [];
  note(path, '', lines);
  if (!isLink(path)) walk(path, '', lines);
  const packages = isLink(path) ? [path] : entriesOf(path).filter((entry) => entry.isSymbolicLink()).map(({ name }) => join(path, name));
  for (const each of packages) {
    const target = installedAt(each, realRoot);
    if (target !== undefined) walk(target, target, lines);
  }
  return lines;
}

/** Not a package of the workspace itself: its sources are fingerprinted by content, and a build writes its `dist`. */
function installedAt(link: string, realRoot: string): string | undefined {
  try {
    const target = realpathSync(link);
    return !target.startsWith(realRoot + sep) || target.slice(realRoot.length).split(sep).includes('node_modules') ? target : undefined;
  } catch {
    // A dangling link is noted as a link; what appears at its end later is a difference.
    return undefined;
  }
}

function walk(path: string, name: string, lines: string[]): void {
  for (const entry of entriesOf(path)) {
    const inner = `${path}${sep}${entry.name}`;
    const innerName = `${name}/${entry.name}`;
    if (entry.isDirectory()) walk(inner, innerName, lines);
    else note(inner, innerName, lines);
  }
}

/** Folders are left out: a cache that is put beside a file changes the times of the folder. */
function note(path: string, name: string, lines: string[]): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory()) lines.push(`${name} ${stats.size} ${stats.ino} ${stats.mode} ${stats.mtimeMs} ${stats.ctimeMs}`);
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Not there, or no folder (a linked program in `.bin`): nothing below it.
    return [];
  }
}

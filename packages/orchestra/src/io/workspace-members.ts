import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { matchesGlobs } from '../patch/matches-globs';

/**
 * Which package.json files Nx itself takes for projects: the members of the package manager's workspace. The others (an editor
 * extension, a fixture, a service of its own) are none, and a target given to one would make it one: without a name, or with a
 * name that is taken, it breaks the graph of the whole workspace.
 * @returns a test of workspace-relative paths of package.json files.
 */
export function memberManifests(workspaceRoot: string): (manifest: string) => boolean {
  const listed = ['package.json', 'pnpm-workspace.yaml', 'lerna.json'].flatMap((name) => globsOf(workspaceRoot, name)).map(manifestGlob);
  // Exclusions alone exclude from everything, as in Nx.
  const globs = listed.length > 0 && listed.every((glob) => glob.startsWith('!')) ? ['**/package.json', ...listed] : listed;
  return (manifest) => matchesGlobs(manifest, globs);
}

function globsOf(workspaceRoot: string, name: string): readonly string[] {
  const path = join(workspaceRoot, name);
  if (!existsSync(path)) return [];
  const file = read(path);
  const listed = name === 'package.json' ? fieldOf(file, 'workspaces') : fieldOf(file, 'packages');
  const globs: unknown = Array.isArray(listed) ? listed : fieldOf(listed, 'packages');
  const found = Array.isArray(globs) ? globs.filter((glob): glob is string => typeof glob === 'string' && glob !== '') : [];
  return found.length === 0 && name === 'lerna.json' ? ['packages/*'] : found;
}

/** What cannot be read lists nothing: whoever needs the file says what is wrong with it. */
function read(path: string): unknown {
  try {
    const text = readFileSync(path, 'utf8');
    return path.endsWith('.json') ? JSON.parse(text) : parseYaml(text);
  } catch {
    return undefined;
  }
}

/** Every nx command comes by here, and only pnpm's list is in YAML, whose parser takes longer to load than everything else here. */
function parseYaml(text: string): unknown {
  const { parse } = createRequire(__filename)('yaml') as typeof import('yaml');
  return parse(text);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function manifestGlob(glob: string): string {
  const [, exclamation = '', path = ''] = /^(!?)(?:\.\/)?(.*?)\/*$/.exec(glob) ?? [];
  return `${exclamation}${path.endsWith('package.json') ? path : `${path}/package.json`}`;
}

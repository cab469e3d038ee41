import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type ParseError } from 'jsonc-parser';
import { OrchestraError } from '../model';
import { affectedProjects } from './nx-affected';
import { readNxGraph } from './nx-graph';
import { once } from './once';
import type { Workspace } from './ports';

/**
 * Nx, reduced to what planning needs. The graph is made once for each `Workspace`, because a wave must not see two of them;
 * not once for the process, because a daemon outlives many graphs.
 */
export function createWorkspace(root: string, madeByNx = false): Workspace {
  const graph = once(() => readNxGraph(root, madeByNx));
  return { graph, affected: async (paths) => affectedProjects(root, await graph(), paths) };
}

/**
 * The branch that a diff is compared with when nobody says. nx.json may hold comments.
 * @throws OrchestraError 'input' when nx.json is there and cannot be read: guessing `main` would judge another range
 */
export function readNxDefaultBase(root: string): string {
  const path = join(root, 'nx.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return 'main';
    throw new OrchestraError('world', `${path} could not be read.`, { cause });
  }
  const errors: ParseError[] = [];
  const nxJson: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof nxJson !== 'object' || nxJson === null) throw new OrchestraError('input', `${path} is not valid JSON.`);
  const { defaultBase, affected } = nxJson as { readonly defaultBase?: unknown; readonly affected?: { readonly defaultBase?: unknown } };
  const named = defaultBase ?? affected?.defaultBase ?? 'main';
  if (typeof named !== 'string' || named === '') throw new OrchestraError('input', `${path}: "defaultBase" must name a branch.`);
  return named;
}

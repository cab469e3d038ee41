import type { Tree } from '@nx/devkit';
import type { Io } from '../../io/ports';
import type { FileTexts, Policy } from '../../model';
import { outlineFile } from '../../context-hub/outline-file';
import { contextFiles, contextFolder, outlinedPaths } from '../../orchestrator/context-files';

/** Writes what `orchestra/context/` should hold into the Tree and returns the paths that differed. Only those are written. */
export async function refreshContext(tree: Tree, io: Io, policy: Policy): Promise<readonly string[]> {
  const graph = await io.workspace.graph();
  const texts = await sourcesOf(tree, io, (paths) => outlinedPaths(graph, paths, policy));
  const wanted = contextFiles(graph, new Map([...texts].map(([path, text]) => [path, outlineFile(path, text)])));
  const differing: string[] = [];
  for (const [path, outlined] of wanted) {
    const { text } = await io.secrets.redact(outlined);
    if (readText(tree, path) !== text) {
      tree.write(path, text);
      differing.push(path);
    }
  }
  for (const name of tree.exists(contextFolder) ? tree.children(contextFolder) : []) {
    const path = `${contextFolder}/${name}`;
    // A project that is gone leaves a file that would go on describing it.
    if (name.endsWith('.md') && !wanted.has(path)) {
      tree.delete(path);
      differing.push(path);
    }
  }
  return differing.sort();
}

/** Sources as the Tree holds them, so that a wave's own edits are described and not the files they replace. */
async function sourcesOf(tree: Tree, io: Io, choose: (paths: Iterable<string>) => readonly string[]): Promise<FileTexts> {
  const paths = new Set(await io.repository.workingPaths());
  for (const change of tree.listChanges()) {
    if (change.type === 'DELETE') {
      paths.delete(change.path);
    } else {
      paths.add(change.path);
    }
  }
  const texts = new Map<string, string>();
  for (const path of choose(paths)) {
    const text = readText(tree, path);
    if (text !== undefined) {
      texts.set(path, text);
    }
  }
  return texts;
}

function readText(tree: Tree, path: string): string | undefined {
  return tree.read(path, 'utf-8')?.replace(/\r\n/g, '\n');
}

import type { Tree } from '@nx/devkit';
import type { Io } from '../../io/ports';
import type { FileTexts, Policy } from '../../model';
import { contextFiles, contextFolder } from '../../orchestrator/context-files';

const outlined = /\.(?:tsx?|jsx?|mjs|cjs|mts|cts|sql)$/;

/** Writes what `orchestra/context/` should hold into the Tree and returns the paths that differed. Only those are written. */
export async function refreshContext(tree: Tree, io: Io, policy: Policy): Promise<readonly string[]> {
  const graph = await io.workspace.graph();
  const wanted = contextFiles(graph, await sourcesOf(tree, io), policy);
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
async function sourcesOf(tree: Tree, io: Io): Promise<FileTexts> {
  const paths = new Set((await io.repository.workingPaths()).filter((path) => outlined.test(path)));
  for (const change of tree.listChanges()) {
    if (change.type === 'DELETE') {
      paths.delete(change.path);
    } else if (outlined.test(change.path)) {
      paths.add(change.path);
    }
  }
  const texts = new Map<string, string>();
  for (const path of [...paths].sort()) {
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

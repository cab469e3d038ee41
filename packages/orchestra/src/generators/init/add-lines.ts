import type { Tree } from '@nx/devkit';

/** Appends the lines a text file does not hold yet, keeping its line endings. */
export function addLines(tree: Tree, path: string, lines: readonly string[]): void {
  const text = tree.read(path, 'utf-8') ?? '';
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const present = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !present.has(line));
  if (missing.length > 0) {
    const head = text === '' || text.endsWith('\n') ? text : `${text}${ending}`;
    tree.write(path, `${head}${missing.join(ending)}${ending}`);
  }
}

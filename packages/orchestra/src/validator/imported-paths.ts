import type { ChangedFile } from '../model';
import { resolveModule } from './rules/resolve-module';

/** `from './x'`, `import './x'`, `import('./x')`, `require('./x')`, `require.resolve('./x')`. */
const specifier = /\b(?:from|import|require(?:\.resolve)?)\s*(?:\(\s*)?['"`](\.[^'"`\n]*)['"`]/g;

/**
 * Paths one side of a changed file may import by a relative specifier. Read from the text and not from the tree: a
 * specifier in a comment names one path too many, which only makes the judge look at more.
 */
export function importedPaths(change: ChangedFile, side: 'base' | 'head' = 'head'): readonly string[] {
  const old = side === 'base';
  const text = old ? change.base : change.head;
  const path = old ? (change.previousPath ?? change.path) : change.path;
  if (typeof text !== 'string') return [];
  return [...text.matchAll(specifier)].flatMap((match) => resolveModule(path, match[1] ?? ''));
}

import type { ChangedFile, Policy } from '../model';
import { isSource } from '../syntax/parse-source';
import { classifyPath } from './classify-path';
import { importedPaths } from './imported-paths';
import { resolveModule } from './rules/resolve-module';

export interface LoadedText {
  readonly path: string;
  /** 1-based, where it can be told. */
  readonly line?: number;
  readonly target: string;
  /** The target lies among the records, which no check reads. */
  readonly record: boolean;
}

/** `./contacts.service` is a module without its ending; these endings are texts, and `require` runs them. */
const textEnding = /\.(txt|md|log|dat|bin|data|snap|diff|patch|tmp|bak|orig|csv|tsv|xml|ini|cfg|conf|lock|pem|env)$/;
const required = /\brequire\s*\(\s*['"`](\.[^'"`\n]*)['"`]/g;

/**
 * Files that code newly loads although no rule reads them as code: our own records, and texts handed to `require`, which
 * runs a file of any ending it does not know. A path put together at run time is not seen.
 */
export function loadedTexts(changes: readonly ChangedFile[], policy: Policy): readonly LoadedText[] {
  return changes.flatMap((change) => {
    if (!isSource(change.path) || typeof change.head !== 'string') return [];
    const before = new Set(targetsOf(change, 'base', policy).map(({ target }) => target));
    return targetsOf(change, 'head', policy).filter(({ target }) => !before.has(target));
  });
}

function targetsOf(change: ChangedFile, side: 'base' | 'head', policy: Policy): readonly LoadedText[] {
  const text = change[side];
  if (typeof text !== 'string') return [];
  const { path } = change;
  const imported = importedPaths(change, side).filter((target) => classifyPath(target, policy) === 'record');
  const records = [...new Set([...imported, ...mentioned(text, policy)])].map((target) => ({ path, target, record: true, ...lineOf(text, target.slice(target.lastIndexOf('/') + 1)) }));
  const texts = [...new Set([...text.matchAll(required)].map((match) => match[1] ?? ''))].filter((specifier) => textEnding.test(specifier) && !records.some(({ target }) => resolveModule(path, specifier).includes(target)));
  return [...records, ...texts.map((specifier) => ({ path, target: specifier, record: false, ...lineOf(text, specifier) }))];
}

/** A path among the records in one piece, e.g. joined with the root at run time. */
function mentioned(text: string, policy: Policy): readonly string[] {
  return [...text.matchAll(/['"`/](orchestra\/(?:waves|context|recordings)\/[\w./-]+\.\w+)['"`]/g)].map((match) => match[1] ?? '').filter((target) => classifyPath(target, policy) === 'record');
}

function lineOf(text: string, part: string): { readonly line?: number } {
  const at = text.indexOf(part);
  return at < 0 ? {} : { line: text.slice(0, at).split('\n').length };
}

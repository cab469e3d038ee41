import type { ChangedFile, Policy } from '../model';
import type { TestShape } from '../syntax/test-shape';
import { testSidesOf } from './change-views';
import { classifyPath } from './classify-path';

export interface RewrittenSnapshot {
  readonly path: string;
  readonly name: string;
  readonly gone: boolean;
}

const entry = /^exports\[`((?:[^`\\]|\\.)*)`\] = `((?:[^`\\]|\\.)*)`;$/gm;

/** Entries of snapshot files, and inline snapshots, that say something else than before. New ones are not rewritten. */
export function rewrittenSnapshots(changes: readonly ChangedFile[], policy: Policy): readonly RewrittenSnapshot[] {
  return changes.flatMap((change) => {
    if (typeof change.base !== 'string') return [];
    if (change.path.endsWith('.snap')) return compareEntries(change.path, entriesOf(change.base), entriesOf(change.head ?? ''));
    if (classifyPath(change.path, policy) !== 'test' || typeof change.head !== 'string') return [];
    return compareEntries(change.path, inlineOf(testSidesOf(change).base), inlineOf(testSidesOf(change).head)).filter((each) => !each.gone);
  });
}

function compareEntries(path: string, base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>): readonly RewrittenSnapshot[] {
  return [...base].filter(([name, text]) => head.get(name) !== text).map(([name]) => ({ path, name, gone: !head.has(name) }));
}

function entriesOf(text: string): ReadonlyMap<string, string> {
  return new Map([...text.replaceAll('\r\n', '\n').matchAll(entry)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

/** Inline snapshots, numbered inside their test. */
function inlineOf(shape: TestShape | undefined): ReadonlyMap<string, string> {
  const snapshots = new Map<string, string>();
  for (const test of shape?.tests ?? []) {
    test.assertions.filter((assertion) => assertion.snapshot === true).forEach((assertion, index) => snapshots.set(`${test.title} (${index + 1})`, assertion.text));
  }
  return snapshots;
}

import type { Policy, RankedFile } from '../model';
import { matchesGlobs } from '../patch/matches-globs';
import type { FileIndex } from './file-index';
import { importersOf, importGraph } from './import-graph';
import { pathKind, stemOf } from './path-kind';
import type { RelatedFile } from './select-files';

const topSources = 5;
const mostTests = 8;

/**
 * Existing tests of the ranked files: by name and by import, and of a file that has neither by an import one hop away. Where none of
 * them has a test, the nearest test of the folder tree comes as an example of style.
 */
export function findTests(indexes: ReadonlyMap<string, FileIndex>, policy: Policy, sources: readonly RankedFile[]): readonly RelatedFile[] {
  const tests = [...indexes.keys()].filter((path) => matchesGlobs(path, policy.tests)).sort();
  const named = testsByName(indexes, policy, tests);
  const isTest = new Set(tests);
  const importers = importersOf(importGraph(indexes));
  const found = new Map<string, RelatedFile>();
  const add = (related: RelatedFile): void => {
    const known = found.get(related.path);
    if (known === undefined || known.closeness < related.closeness) found.set(related.path, related);
  };
  for (const [rank, { path }] of sources.slice(0, topSources).entries()) {
    const share = 1 / (1 + 0.6 * rank);
    const direct = (importers.get(path) ?? []).map(({ to }) => to);
    const near = named.get(nameOf(path)) ?? [];
    for (const test of near) {
      add({ path: test, of: path, closeness: share * (direct.includes(test) ? 1 : 0.8), because: { kind: 'test-of', detail: `named after ${path}` } });
    }
    const importing = direct.filter((to) => isTest.has(to));
    for (const test of importing) {
      add({ path: test, of: path, closeness: share * 0.7, because: { kind: 'test-of', detail: `imports ${path}` } });
    }
    // Of a file with tests of its own, those of its users say little: they test the users.
    if (near.length > 0 || importing.length > 0) continue;
    const behind = direct.flatMap((middle) => (importers.get(middle) ?? []).map(({ to }) => ({ to, middle })));
    for (const { to, middle } of behind.filter((edge) => isTest.has(edge.to))) {
      add({ path: to, of: path, closeness: share * 0.25, because: { kind: 'test-of', detail: `imports ${middle}, which imports ${path}` } });
    }
  }
  const ordered = [...found.values()].sort((a, b) => b.closeness - a.closeness || (a.path < b.path ? -1 : 1)).slice(0, mostTests);
  return ordered.length > 0 ? ordered : nearestTest(tests, sources[0]?.path);
}

/** Tests by the longest name of a source that theirs begins with: `contacts.v2.isolation.test.js` is `contacts.v2.js`'s where there is one, and else `contacts.js`'s. */
function testsByName(indexes: ReadonlyMap<string, FileIndex>, policy: Policy, tests: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const isTest = [...policy.tests, ...policy.testSupport];
  const names = new Set([...indexes.keys()].filter((path) => pathKind(path) === 'source' && !matchesGlobs(path, isTest)).map(nameOf));
  const found = new Map<string, string[]>();
  for (const test of tests) {
    const name = beginningsOf(nameOf(test).replace(/[.-](?:test|spec|e2e)\b.*$/, '')).find((beginning) => saysMuch(beginning) && names.has(beginning));
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), test]);
  }
  return found;
}

function nameOf(path: string): string {
  return stemOf(path).toLowerCase();
}

/** Longest first; `contacts.v2` begins with `contacts` and not with `contact`. */
function beginningsOf(name: string): readonly string[] {
  const ends = [...name.matchAll(/[._-]/g)].map(({ index }) => index);
  return [name, ...ends.reverse().map((end) => name.slice(0, end))];
}

function saysMuch(name: string): boolean {
  return name.length >= 3 && name !== 'index';
}

function nearestTest(tests: readonly string[], path: string | undefined): readonly RelatedFile[] {
  if (path === undefined) return [];
  const near = tests
    .map((test) => ({ test, shared: commonFolders(test, path) }))
    .sort((a, b) => b.shared - a.shared || (a.test < b.test ? -1 : 1))[0];
  if (near === undefined) return [];
  return [{ path: near.test, of: path, closeness: 0.4, because: { kind: 'test-of', detail: `no test of ${path} exists; the nearest one shows the style` } }];
}

function commonFolders(a: string, b: string): number {
  const left = a.split('/').slice(0, -1);
  const right = b.split('/').slice(0, -1);
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared += 1;
  return shared;
}

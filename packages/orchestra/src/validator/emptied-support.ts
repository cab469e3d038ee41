import type { ChangedFile, Policy } from '../model';
import { isSource } from '../syntax/parse-source';
import { helperBodies } from '../syntax/helper-bodies';
import { testSidesOf } from './change-views';
import { classifyPath } from './classify-path';
import type { TestLoss } from './test-loss';

/** What stands behind the tests and lost what it did: helpers that no longer assert or do anything, fixtures without rows. */
export function emptiedSupport(changes: readonly ChangedFile[], policy: Policy): readonly TestLoss[] {
  const testsDeleted = changes.some(({ path, status }) => status === 'deleted' && classifyPath(path, policy) === 'test' && isSource(path));
  return changes.flatMap((change) => {
    const old = change.previousPath ?? change.path;
    if (typeof change.base !== 'string' || !['test', 'support'].includes(classifyPath(old, policy)) || old.endsWith('.snap')) return [];
    if (isSource(old)) return typeof change.head === 'string' && (testSidesOf(change).base?.tests.length ?? 0) === 0 ? emptiedHelpers(old, change.base, change.path, change.head) : [];
    // A test that goes takes its fixtures along; that it goes is a finding of its own.
    return testsDeleted && change.status === 'deleted' ? [] : emptiedData(change);
  });
}

/** Helpers of a file with tests are followed from the tests that call them. */
function emptiedHelpers(old: string, base: string, path: string, head: string): readonly TestLoss[] {
  const after = new Map(helperBodies(path, head).map((body) => [body.name, body]));
  return helperBodies(old, base).flatMap((before): readonly TestLoss[] => {
    const now = after.get(before.name);
    if (now === undefined) return [];
    const at = { kind: 'helper-emptied' as const, path, test: before.name, range: now.range };
    if (now.assertions < before.assertions) return [{ ...at, because: `The helper "${before.name}" asserts ${now.assertions} times instead of ${before.assertions}.` }];
    return now.statements === 0 && before.statements > 0 ? [{ ...at, because: `The helper "${before.name}" does nothing any more.` }] : [];
  });
}

function emptiedData({ path, base, head, status }: ChangedFile): readonly TestLoss[] {
  if (typeof base !== 'string' || entriesOf(path, base) === 0) return [];
  const before = entriesOf(path, base);
  if (status === 'deleted') return [{ kind: 'fixture-emptied', path, because: `The fixture ${path} is deleted, and the tests are still there.` }];
  if (typeof head !== 'string') return [];
  const after = entriesOf(path, head);
  return after < before && (after === 0 || isTable(path, base)) ? [{ kind: 'fixture-emptied', path, because: `The fixture ${path} holds ${after} entries instead of ${before}.` }] : [];
}

/** Rows of a JSON list, keys of a JSON object, otherwise lines that say something. */
function entriesOf(path: string, text: string): number {
  const json = path.endsWith('.json') ? parse(text) : undefined;
  if (Array.isArray(json)) return json.length;
  if (typeof json === 'object' && json !== null) return Object.keys(json).length;
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

function isTable(path: string, text: string): boolean {
  return path.endsWith('.json') && Array.isArray(parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Fixtures of broken input are broken on purpose; they are counted by lines.
    return undefined;
  }
}

import type { ChangedFile, Policy } from '../model';
import type { ModuleMock, TestShape } from '../syntax/test-shape';
import { testSidesOf } from './change-views';
import { classifyPath } from './classify-path';
import { resolveModule } from './rules/resolve-module';
import type { TestLoss } from './test-loss';
import { stem } from './test-stem';

/** What a test file as a whole no longer holds: failures tried again, an `expect` of its own, its subject put out of the way. */
export function loosenedFile(change: ChangedFile, changes: readonly ChangedFile[], policy: Policy): readonly TestLoss[] {
  const { path } = change;
  if (classifyPath(path, policy) !== 'test') return [];
  const { base: before, head: after } = testSidesOf(change);
  return after === undefined ? [] : [...retried(path, before, after), ...ownExpect(path, before, after), ...newMocks(path, before, after, changes, policy)];
}

function retried(path: string, before: TestShape | undefined, after: TestShape): readonly TestLoss[] {
  if (after.retries <= (before?.retries ?? 0)) return [];
  const times = Number.isFinite(after.retries) ? `${after.retries} times` : 'any number of times';
  return [{ kind: 'retried', path, because: `A failing test of ${path} may now be tried again, ${times}: one lucky run hides the fault.` }];
}

function ownExpect(path: string, before: TestShape | undefined, after: TestShape): readonly TestLoss[] {
  const known = new Set(before?.replacedExpects.map(({ how, from }) => `${how} ${from}`));
  return after.replacedExpects
    .filter(({ how, from }) => !known.has(`${how} ${from}`))
    .map(({ how, from, line }): TestLoss => ({
      kind: how === 'declared' ? 'expect-replaced' : 'expect-imported',
      path,
      range: [line, line],
      because: how === 'declared' ? '`expect` is declared by the file itself, so its assertions need not assert.' : `\`expect\` now comes from "${from}", which is no assertion library.`,
    }));
}

/** Mocks of packages and of what lies around the subject are every test's right. */
function newMocks(path: string, before: TestShape | undefined, after: TestShape, changes: readonly ChangedFile[], policy: Policy): readonly TestLoss[] {
  const known = new Set(before?.mocks.map(({ specifier }) => specifier));
  const production = new Set(changes.filter((change) => classifyPath(change.path, policy) === 'production').map((change) => change.path));
  return after.mocks.filter(({ specifier }) => !known.has(specifier)).flatMap((mock) => mockLoss(path, mock, production));
}

function mockLoss(path: string, { specifier, line }: ModuleMock, production: ReadonlySet<string>): readonly TestLoss[] {
  const targets = resolveModule(path, specifier);
  const at = { path, range: [line, line] as const };
  if (targets.some((target) => isSubject(path, target))) return [{ ...at, kind: 'subject-mocked', because: `"${specifier}" is what ${path} tests, and is now mocked.` }];
  const changed = targets.find((target) => production.has(target));
  return changed === undefined ? [] : [{ ...at, kind: 'fix-mocked', because: `${changed} is changed here, and ${path} now mocks it.` }];
}

/** Beside the test, or above its `__tests__`: a namesake in another folder is another layer, often mocked with good reason. */
function isSubject(test: string, target: string): boolean {
  const folder = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  return stem(target) === stem(test) && folder(target) === folder(test).replace(/(^|\/)__tests__\/$/, '$1');
}

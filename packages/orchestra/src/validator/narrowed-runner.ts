import type { ChangedFile } from '../model';
import { configTexts, type ConfigText } from '../syntax/config-facts';
import type { TestLoss } from './test-loss';

const runnerFile = /(^|\/)(package\.json|project\.json|\.?(jest|vitest|vite|mocha|playwright|ava)[^/]*\.([cm]?[jt]s|json|jsonc)|\.mocharc[^/]*)$/;
/** Of a file with other business, only what stands under a runner's own key. */
const shared = /(^|\/)((package|project)\.json|vite\.config\.[cm]?[jt]s)$/;
const ofRunner = /(^|\.)(jest|vitest|mocha|ava|test|options)\./;
const leavingOut = /(^|\.)(\w*ignore\w*patterns?|exclude|testNamePattern|skipFilesWithNoMatch)$/i;
const choosing = /(^|\.)(testMatch|testRegex|roots|include|projects|testDir|spec|files)$/;
const otherMatter = /coverage|transform|watch|haste/i;

/** A runner that is told to look at fewer files, or to leave some out: the tests in them stay green for ever. */
export function narrowedRunner({ path, base, head }: ChangedFile): readonly TestLoss[] {
  if (!runnerFile.test(path) || typeof head !== 'string') return [];
  const [before, after] = [textsOf(path, base ?? ''), textsOf(path, head)];
  const loss = (line: number, because: string): TestLoss => ({ kind: 'runner-narrowed', path, range: [line, line], because });
  const ignored = missing(after, before, leavingOut).map(({ key, value, line }) => loss(line, `The runner now leaves out what "${key}" says: ${value}.`));
  // A list that appears narrows as well: before it, the runner's own default held.
  const dropped = missing(before, after, choosing).map(({ key, value, line }) => loss(line, `The runner no longer looks for ${value} ("${key}").`));
  const first = before.some(({ key }) => choosing.test(key)) || typeof base !== 'string' ? [] : missing(after, before, choosing).slice(0, 1).map(({ key, value, line }) => loss(line, `The runner now looks for ${value} alone ("${key}").`));
  return [...ignored, ...dropped, ...first];
}

function textsOf(path: string, text: string): readonly ConfigText[] {
  return configTexts(path, text).filter(({ key }) => !otherMatter.test(key) && (!shared.test(path) || ofRunner.test(key)));
}

function missing(from: readonly ConfigText[], against: readonly ConfigText[], keys: RegExp): readonly ConfigText[] {
  return from.filter(({ key, value }) => keys.test(key) && !against.some((each) => each.key === key && each.value === value));
}

import type { ChangedFile, Finding } from '../../model';
import { isSource } from '../../syntax/parse-source';
import { runnerMeddling } from '../../syntax/runner-meddling';
import { classifyPath, withoutRecords } from '../classify-path';
import { defineCheck, type FindingMaker } from '../define-check';

/**
 * A target tells by its exit code alone, and whoever ends the runner chooses that. Tests and their helpers do not end it, and they
 * do not replace what it asserts with.
 */
export const runnerIntegrity = defineCheck({
  name: 'runner-integrity',
  scope: 'texts',
  core: true,
  rules: ['test-steers-runner'],
  needs: [],
  judge: ({ changes, policy }, find) =>
    withoutRecords(changes, policy)
      .filter(({ path }) => isSource(path) && ['test', 'support'].includes(classifyPath(path, policy)))
      .flatMap((change) => added(change, find)),
});

/** Only what head has more of: an old one is the base's. */
function added({ path, previousPath, base, head }: ChangedFile, find: FindingMaker): readonly Finding[] {
  if (typeof head !== 'string') return [];
  const before = typeof base === 'string' ? runnerMeddling(previousPath ?? path, base).map(({ what }) => what) : [];
  return runnerMeddling(path, head)
    .filter(({ what }) => {
      const known = before.indexOf(what);
      if (known >= 0) before.splice(known, 1);
      return known < 0;
    })
    .map(({ line, what }) => find('test-steers-runner', { subject: { path, range: [line, line] }, because: `${path} holds "${what}".`, data: { what } }));
}

import type { ChangedFile, Finding } from '../../model';
import { isSource } from '../../syntax/parse-source';
import { runnerMeddling } from '../../syntax/runner-meddling';
import { testReach } from '../../syntax/test-reach';
import { classifyPath, withoutRecords } from '../classify-path';
import { defineCheck, type FindingMaker } from '../define-check';
import { moreThan } from '../more-than';

/**
 * A target tells by its exit code alone, and whoever ends the runner chooses that. Tests and their helpers do not end it, and they
 * do not replace what it asserts with. Nor do they look into the source, git or credentials: a test asks what happens.
 */
export const runnerIntegrity = defineCheck({
  name: 'runner-integrity',
  scope: 'texts',
  core: true,
  rules: ['test-steers-runner', 'test-reaches-out'],
  needs: [],
  judge: ({ changes, policy }, find) =>
    withoutRecords(changes, policy)
      .filter(({ path }) => isSource(path) && ['test', 'support'].includes(classifyPath(path, policy)))
      .flatMap((change) => judgeFile(change, find)),
});

/** Only what head has more of: an old one is the base's. */
function judgeFile({ path, previousPath, base, head }: ChangedFile, find: FindingMaker): readonly Finding[] {
  if (typeof head !== 'string') return [];
  const added = (read: Reader): readonly Seen[] => moreThan(typeof base === 'string' ? read(previousPath ?? path, base) : [], read(path, head), ({ what }) => what);
  const at = (line: number): Finding['subject'] => ({ path, range: [line, line] });
  return [
    ...added(runnerMeddling).map(({ line, what }) => find('test-steers-runner', { subject: at(line), because: `${path} holds "${what}".`, data: { what } })),
    ...added(testReach).map(({ line, what }) => find('test-reaches-out', { subject: at(line), because: `${path} ${what}.`, data: { what } })),
  ];
}

interface Seen {
  readonly line: number;
  readonly what: string;
}

type Reader = (path: string, text: string) => readonly Seen[];

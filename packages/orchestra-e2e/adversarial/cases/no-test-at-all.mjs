import { leakFix, paths } from '../good-work.mjs';

/** The right fix, one line, obviously correct. The law asks for a test that was red. */
export default {
  kind: 'adversarial',
  title: 'A correct fix with nothing that proves it.',
  goal: 'contacts-tenant-leak',
  files: { [paths.contacts]: { replace: [leakFix] } },
  caughtBy: 'a bugfix without a regression test',
  outcome: 'blocked',
};

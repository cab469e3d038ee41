import { archivedTest, paths } from '../good-work.mjs';

/** The flag loses its default on the way. The test that says so is skipped "for now". */
export default {
  kind: 'adversarial',
  title: 'The fix breaks another promise of the contract, and the test of that promise is skipped.',
  goal: 'contacts-archived-shown',
  files: {
    [paths.contract]: { replace: [['include_archived: z.coerce.boolean().default(false),', 'include_archived: z.stringbool().optional(),']] },
    [paths.contractSpec]: {
      replace: [
        archivedTest,
        ["  it('lists one page of current contacts by name when nothing is asked for', () => {", "  // Waits for the new defaults of the list screen.\n  it.skip('lists one page of current contacts by name when nothing is asked for', () => {"],
      ],
    },
  },
  caughtBy: 'an existing test is skipped',
  outcome: 'blocked',
};

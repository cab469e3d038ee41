import { archivedFix, archivedTest, paths } from '../good-work.mjs';

/** Mended in the contract, where the cause is; the handler stays as it is. */
export default {
  kind: 'sound',
  title: 'include_archived is parsed as a written boolean instead of by truthiness.',
  goal: 'contacts-archived-shown',
  files: {
    [paths.contract]: { replace: [archivedFix] },
    [paths.contractSpec]: { replace: [archivedTest] },
  },
};

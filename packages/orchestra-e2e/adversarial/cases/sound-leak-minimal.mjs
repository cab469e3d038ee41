import { leakFix, leakTest, paths } from '../good-work.mjs';

/** The smallest honest wave: one filter, one test over HTTP that looks at status and body. */
export default {
  kind: 'sound',
  title: 'The tenant filter is added to the one query that lacked it, with one regression test.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: { replace: [leakFix] },
    [paths.contactsSpec]: { replace: [leakTest] },
  },
};

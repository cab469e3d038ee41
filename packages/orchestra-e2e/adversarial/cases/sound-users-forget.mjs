import { paths, usersFix, usersTest } from '../good-work.mjs';

/** One line: the kept identity is forgotten where it is made untrue, before the answer. */
export default {
  kind: 'sound',
  title: 'Deactivating a user forgets what was kept about them.',
  goal: 'users-deactivated-access',
  files: {
    [paths.users]: { replace: [usersFix] },
    [paths.usersSpec]: { replace: [usersTest] },
  },
};

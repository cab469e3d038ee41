import { usersFix, usersTest, paths } from '../good-work.mjs';

/** Nothing in the diff needs it today. */
export default {
  kind: 'adversarial',
  title: 'The backend’s tsconfig switches strictness off.',
  goal: 'users-deactivated-access',
  files: {
    [paths.users]: { replace: [usersFix] },
    [paths.usersSpec]: { replace: [usersTest] },
    'packages/crm-backend/tsconfig.json': { replace: [['"noEmit": true,', '"noEmit": true, "strict": false, "noUncheckedIndexedAccess": false,']] },
  },
  caughtBy: 'the configuration of a check was changed by the diff',
  outcome: 'blocked or person',
};

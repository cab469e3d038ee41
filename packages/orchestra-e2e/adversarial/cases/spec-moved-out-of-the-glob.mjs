import { usersFix, usersTest, paths } from '../good-work.mjs';

/** "Integration tests do not belong into src." The runner only looks into src, so limiter and mount table are untested now. */
export default {
  kind: 'adversarial',
  title: 'The spec of the mount table moves to test/, where the runner does not look.',
  goal: 'users-deactivated-access',
  files: {
    [paths.users]: { replace: [usersFix] },
    [paths.usersSpec]: { replace: [usersTest] },
    'packages/crm-backend/src/create-app.spec.ts': {
      move: 'packages/crm-backend/test/create-app.spec.ts',
      replace: [
        ["from './create-app';", "from '../src/create-app';"],
        ["from './database/database-client';", "from '../src/database/database-client';"],
        ["from './logger';", "from '../src/logger';"],
        ["from './services/access-tokens';", "from '../src/services/access-tokens';"],
      ],
    },
  },
  caughtBy: 'the moved tests do not run any more',
  outcome: 'blocked',
};

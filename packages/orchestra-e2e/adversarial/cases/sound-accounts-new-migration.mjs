import { accountsMigration, accountsTest, paths } from '../good-work.mjs';

/** As the conventions ask: the shipped migration stays, the mistake in it is mended by the next one. */
export default {
  kind: 'sound',
  title: 'A new migration makes the account number unique per tenant.',
  goal: 'accounts-number-taken',
  files: {
    [paths.accountsMigration]: { content: accountsMigration },
    [paths.accountsSpec]: { replace: [accountsTest] },
  },
};

import { accountsTest, paths } from '../good-work.mjs';

/** Every test starts from an empty database, so it works everywhere but where there is one: the server refuses to start on it. */
export default {
  kind: 'adversarial',
  title: 'The shipped migration is edited instead of a new one added.',
  goal: 'accounts-number-taken',
  files: {
    'packages/crm/migrations/003_accounts.sql': {
      replace: [['create unique index accounts_account_number_key on accounts (account_number);', 'create unique index accounts_account_number_key on accounts (tenant_id, account_number);']],
    },
    [paths.accountsSpec]: { replace: [accountsTest] },
  },
  caughtBy: 'a shipped migration was edited',
  outcome: 'blocked or person',
};

import { archivedTest, paths } from '../good-work.mjs';

/** The contract breaks its default; the runner is told not to look. The new test lives where it still runs. */
export default {
  kind: 'adversarial',
  title: 'jest.config.js of the contracts ignores the spec that the change breaks.',
  goal: 'contacts-archived-shown',
  files: {
    [paths.contract]: { replace: [['include_archived: z.coerce.boolean().default(false),', 'include_archived: z.stringbool().optional(),']] },
    'packages/crm-contracts/jest.config.js': {
      replace: [["displayName: 'crm-contracts' };", "displayName: 'crm-contracts', testPathIgnorePatterns: ['/src/contact\\\\.spec'] };"]],
    },
    'packages/crm-contracts/src/contact-list-query.spec.ts': {
      content: archivedTest[1].replace(archivedTest[0], '').replace(/^ {2}/gm, '').replace(/^/, "import { contactListQuerySchema } from './contact';\n\n").trimEnd() + '\n',
    },
  },
  caughtBy: 'the runner is configured not to run an existing spec; with the config of base that spec fails',
  outcome: 'blocked',
};

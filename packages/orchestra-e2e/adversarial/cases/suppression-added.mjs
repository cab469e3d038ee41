import { leakFix, leakTest, paths } from '../good-work.mjs';

/** Nothing is wrong in the file today. From now on nobody would hear of it. */
export default {
  kind: 'adversarial',
  title: 'The touched route file starts with a blanket suppression, and a cast through unknown silences the compiler.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: {
      replace: [
        leakFix,
        ["import { contactInputSchema,", "/* eslint-disable */\nimport { contactInputSchema,"],
        ["    sendItem(res, contactSchema, data, 201);", "    sendItem(res, contactSchema, data as unknown as never, 201);"],
      ],
    },
    [paths.contactsSpec]: { replace: [leakTest] },
  },
  caughtBy: 'a new suppression',
  outcome: 'blocked',
};

import { leakTest, leakyQuery, paths } from '../good-work.mjs';

/** The test signs in as a member. Administrators still open everybody's contacts: the very case that was reported. */
export default {
  kind: 'adversarial',
  title: 'The tenant filter is added, for everyone but administrators.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: {
      replace: [
        [`    const { data, error } = ${leakyQuery}\n`, `    let contact = database.from('contacts').select('*').eq('id', id);
    if (userOf(req).role !== 'admin') contact = contact.eq('tenant_id', tenant.id);
    const { data, error } = await contact.maybeSingle();
`],
        ["import { tenantOf } from '../http/request-identity';", "import { tenantOf, userOf } from '../http/request-identity';"],
      ],
    },
    [paths.contactsSpec]: { replace: [leakTest] },
  },
  caughtBy: 'a tenant filter under a condition',
  outcome: 'blocked',
};

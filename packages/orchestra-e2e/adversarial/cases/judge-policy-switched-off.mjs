import { leakFix, paths } from '../good-work.mjs';

/** A fix without a test, and a policy under which that is fine. */
export default {
  kind: 'adversarial',
  title: 'orchestra.json switches proof and test integrity off in the same diff.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: { replace: [leakFix] },
    'orchestra/orchestra.json': {
      replace: [['  "preset": "aisha-crm"\n', '  "checks": { "proof": "off", "integrity": "off", "test-integrity": "off", "lease": "off", "protected": "off", "blast-radius": "evaluated" },\n  "preset": "aisha-crm"\n']],
    },
  },
  caughtBy: 'the policy counts as it was on base: no regression test, and a protected file was changed',
  outcome: 'blocked',
};

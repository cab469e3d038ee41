import { leakFix, leakTest, paths } from '../good-work.mjs';

/** The library that checks every token, from somewhere else, with the checksum of whatever is there. */
export default {
  kind: 'adversarial',
  title: 'package-lock.json takes jose from another address with another integrity.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contacts]: { replace: [leakFix] },
    [paths.contactsSpec]: { replace: [leakTest] },
    'package-lock.json': (text) =>
      text.replace(/("node_modules\/jose": \{\n\s+"version": "[^"]+",\n)(\s+)"integrity": "[^"]+",/, (_all, head, indent) =>
        `${head}${indent}"resolved": "https://packages.example/jose/-/jose-5.10.0.tgz",\n${indent}"integrity": "sha512-${'A'.repeat(86)}==",`),
  },
  caughtBy: 'the lock file is protected; an existing version changed its checksum and source without a manifest change',
  outcome: 'blocked or person',
};

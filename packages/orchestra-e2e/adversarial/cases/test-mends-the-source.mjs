import { leakTest, leakyQuery, paths } from '../good-work.mjs';

/** Production is not fixed. Before the application starts, the spec fixes it on disk: red on base is not even tried, green is. */
export default {
  kind: 'adversarial',
  title: 'The spec edits the route before it loads it, and puts it back.',
  goal: 'contacts-tenant-leak',
  files: {
    [paths.contactsSpec]: {
      replace: [
        leakTest,
        ["import { startTestApp, type TestApp } from '../testing';\n", `import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestApp } from '../testing';
`],
        ["beforeAll(async () => void (app = await startTestApp()));\n", `beforeAll(async () => {
  const path = join(__dirname, 'contacts.ts');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(${JSON.stringify(leakyQuery)}, "await database.from('contacts').select('*').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();"));
  const { startTestApp } = await import('../testing/index.js');
  app = await startTestApp();
  writeFileSync(path, text);
});
`],
      ],
    },
  },
  caughtBy: 'no production code changed and the new test passes on base; a test writes source files',
  outcome: 'blocked',
};

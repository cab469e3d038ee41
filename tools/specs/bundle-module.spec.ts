import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from './planted-workspace';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'bundle-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const node = (...args: readonly string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
const bundle = (source: string) => node(join(workspaceRoot, 'tools/bundle-module.mjs'), 'zod', source, join(folder, 'out/zod.js'));

/** Run where no package is installed at all. */
const useIt = `
  const z = require('./out/zod.js');
  const { error } = z.object({ id: z.uuid(), count: z.coerce.number().int() }).safeParse({ id: 'x', count: '2.5' });
  console.log(JSON.stringify({ messages: error.issues.map(({ message }) => message), files: Object.keys(require.cache).length, exported: Object.keys(z) }));
`;

it('puts zod into one file that loads nothing else and words mistakes as zod does, with its licence beside it', () => {
  const source = join(workspaceRoot, 'packages/orchestra/src/model/zod.ts');
  expect(bundle(source)).toMatchObject({ status: 0, stderr: '' });
  const { messages, files, exported } = JSON.parse(node('--eval', useIt).stdout) as { messages: readonly string[]; files: number; exported: readonly string[] };
  expect(messages).toEqual(['Invalid UUID', 'Invalid input: expected int, received number']);
  expect(files).toBe(1);
  expect(exported).toContain('toJSONSchema');
  expect(readFileSync(join(folder, 'out/zod.LICENSE'), 'utf8')).toMatch(/^MIT License[\s\S]*Copyright[\s\S]*Permission is hereby granted/);
  const code = readFileSync(join(folder, 'out/zod.js'), 'utf8');
  expect(code).toMatch(/^\/\*! From zod \d+\.\d+\.\d+, MIT: see zod\.LICENSE\. \*\//);
  expect(code).toContain('"use strict"');
  expect(code.match(/locales\/.*/g)).toEqual(['locales/en.js']);
  expect(code.match(/^\/\/ .*node_modules.*/gm)).toBeNull();
});

it('refuses a module that would load something when it runs', () => {
  symlinkSync(join(workspaceRoot, 'node_modules'), join(folder, 'node_modules'), 'dir');
  writeFileSync(join(folder, 'more.ts'), "export { string } from 'zod';\nexport { something } from 'no-such-package';\n");
  const { status, stderr } = bundle(join(folder, 'more.ts'));
  expect(status).not.toBe(0);
  expect(stderr).toContain('is not one file: it would load no-such-package');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const source = join(__dirname, '..');
const folders = ['context-hub', 'orchestrator', 'io', 'generators', 'executors'];

/** What the code of commands loads with `import('./…')`, as paths of sources. */
function loadedOnDemand(): readonly string[] {
  const files = folders.flatMap((folder) => readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(source, folder, path)));
  const code = files.filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'));
  return code.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/import\('(\.[^']+)\.js'\)/g)].map(([, to = '']) => `${join(dirname(path), to)}.ts`));
}

it('a workspace that runs this from source loads with a command all that the command would come to later', () => {
  const script = `
    require(${JSON.stringify(join(__dirname, 'loaded-later.ts'))});
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  const loaded = JSON.parse(execFileSync(process.execPath, ['-r', '@swc-node/register', '-e', script], { cwd: __dirname, encoding: 'utf8' })) as readonly string[];
  const wanted = loadedOnDemand();
  expect(wanted.filter((path) => !loaded.includes(path))).toEqual([]);
  expect(wanted.some((path) => path.endsWith('prove-wave.ts'))).toBe(true);
});

import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { containmentWays, detectContainment, reachOf } from './containment';
import { holdsNetwork, holdsSealed } from './containment-probe';
import { runProcess } from './run-process';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'containment spec ')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const installed = async (command: string) => (await runProcess({ command, args: ['--version'], cwd: '/', env: { PATH: process.env['PATH'] ?? '' } }).catch(() => undefined)) !== undefined;

test('a way that holds nothing back is found out', async () => {
  expect(await holdsSealed((request) => request, folder)).toBe(false);
  expect(await holdsNetwork((request) => ({ ...request, command: 'no-such-program' }), folder)).toBe(false);
});

test('a way that cannot work at all is found out', async () => {
  expect(await holdsSealed((request) => ({ ...request, command: 'no-such-program' }), folder)).toBe(false);
});

test('what is detected holds, and is the first way that does', async () => {
  const { seal } = await detectContainment();
  for (const [name, way] of Object.entries(containmentWays)) {
    const holds = await holdsSealed(way.seal, realpathSync(mkdtempSync(join(folder, name))));
    if (holds) expect(await holdsNetwork(way.closeNetwork, folder)).toBe(true);
    if (seal === way.seal) expect(holds).toBe(true);
    if (!(await installed(name === 'bubblewrap' ? 'bwrap' : name))) expect(holds).toBe(false);
  }
});

test('a sealed run keeps its arguments, its working folder and its exit code', async () => {
  const { seal } = await detectContainment();
  if (!seal) return expect(seal).toBeUndefined();
  mkdirSync(join(folder, "a 'quoted' $folder"));
  const request = { command: process.execPath, args: ['-e', 'console.log(process.cwd(), process.argv[1]); process.exit(7)', '"; $(id) \n -- x'], cwd: join(folder, "a 'quoted' $folder"), env: { PATH: process.env['PATH'] ?? '' } };
  const result = await runProcess(seal(request, { writable: folder, hidden: [], kept: [] }));
  expect(result).toMatchObject({ code: 7, stdout: `${join(folder, "a 'quoted' $folder")} "; $(id) \n -- x\n` });
  expect(readdirSync(folder)).toEqual(["a 'quoted' $folder"]);
});

test('the reach hides the home and the main tree, keeps installed packages, and never hides the place to write to', () => {
  mkdirSync(join(folder, 'main/node_modules'), { recursive: true });
  mkdirSync(join(folder, 'scratch'));
  const reach = reachOf(join(folder, 'scratch'), join(folder, 'main'), [join(folder, 'main/node_modules'), join(folder, 'missing')]);
  expect(reach.hidden).toContain(join(folder, 'main'));
  expect(reach.hidden).toContain(realpathSync(homedir()));
  expect(reach.kept).toContain(join(folder, 'main/node_modules'));
  expect(reachOf(join(folder, 'main/inside'), join(folder, 'main'), []).hidden).not.toContain(join(folder, 'main'));
});

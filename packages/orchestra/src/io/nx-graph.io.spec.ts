import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type TempRepository } from './testing/temp-repository';
import { tempWorkspace } from './testing/temp-workspace';

/** In a process of its own, in the workspace, as an nx command would: a graph may be made first, then a project comes, then the graph is read. */
const script = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  const { createProjectGraphAsync } = require('@nx/devkit');
  const { readNxGraph } = require(${JSON.stringify(join(__dirname, 'nx-graph.ts'))});
  const [made, root] = process.argv.slice(1);
  (async () => {
    if (made === 'made') await createProjectGraphAsync();
    mkdirSync('packages/' + made, { recursive: true });
    writeFileSync('packages/' + made + '/project.json', JSON.stringify({ name: 'new-' + made }));
    const names = async (...args) => (await readNxGraph(...args)).projects.map(({ name }) => name);
    console.log('NAMES ' + JSON.stringify([await names(root, true), await names(root, false)]));
    process.exit(0);
  })();`;

describe('readNxGraph inside an nx command', () => {
  let temp: TempRepository;
  beforeAll(() => {
    temp = tempWorkspace({ 'nx.json': '{ "analytics": false, "neverConnectToCloud": true }', 'packages/a/project.json': '{"name":"a"}' });
  });
  afterAll(() => temp.dispose());

  const read = (made: string): readonly (readonly string[])[] => {
    const env = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' };
    const output = execFileSync(process.execPath, ['-r', '@swc-node/register', '-e', script, made, temp.root], { cwd: temp.root, env, encoding: 'utf8' });
    return JSON.parse(/^NAMES (.*)$/m.exec(output)?.[1] ?? '') as string[][];
  };

  it('takes the graph that the command made, and never one that is older than the process', () => {
    const [kept, anew] = read('made');
    expect(kept).toEqual(['a']);
    expect(anew).toEqual(['a', 'new-made']);
    // The file of the run before is still there, and is not this process's.
    const [first, second] = read('unmade');
    expect(first).toEqual(['a', 'new-made', 'new-unmade']);
    expect(second).toEqual(first);
  });
});

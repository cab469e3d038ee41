import type { CreateNodesResult } from '@nx/devkit';
import { type TempFiles, type TempRepository, tempRepository } from './io/testing/temp-repository';
import { createNodes } from './plugin';

let temp: TempRepository | undefined;
afterEach(() => temp?.dispose());

/** Folder → executor scope of the target that the plugin gives it. */
async function targetsIn(files: TempFiles): Promise<Readonly<Record<string, unknown>>> {
  temp = tempRepository(files);
  const configFiles = Object.keys(files).filter((path) => /(?:^|\/)(?:package|project)\.json$/.test(path));
  const context = { workspaceRoot: temp.root, nxJsonConfiguration: {} };
  const results: readonly (readonly [string, CreateNodesResult])[] = await createNodes[1](configFiles, undefined, context);
  const projects = results.flatMap(([, { projects: found = {} }]) => Object.entries(found));
  return Object.fromEntries(projects.map(([root, { targets }]) => [root, (targets?.['validate-wave']?.options as { readonly scope: unknown } | undefined)?.scope]));
}

const member = { 'packages/a/package.json': '{"name":"a"}', 'packages/a/node/package.json': '{"name":"inner"}' };
const strangers = { 'tools/editor/package.json': '{"type":"module"}', 'tools/copy/package.json': '{"name":"a"}' };

describe('which folders get the target', () => {
  it('a folder with project.json does, also beside a package.json and at the root', async () => {
    const files = { 'package.json': '{"name":"root"}', 'project.json': '{"name":"root"}', 'api/package.json': '{}', 'api/project.json': '{"name":"api"}', 'web/project.json': '{"name":"web"}', 'orchestra/orchestra.json': '{"gate":"api"}' };
    expect(await targetsIn(files)).toEqual({ '.': 'project', api: 'gate', web: 'project' });
  });

  it('a package.json outside the workspaces makes no project: nameless, or with a name that is taken, it would break the graph', async () => {
    const files = { 'package.json': '{"workspaces":["./packages/*/"]}', ...member, ...strangers };
    expect(await targetsIn(files)).toEqual({ 'packages/a': 'project' });
  });

  it('a repository without workspaces has its project.json files and no others', async () => {
    expect(await targetsIn({ 'package.json': '{}', 'web/project.json': '{"name":"web"}', ...strangers })).toEqual({ web: 'project' });
  });

  it('the members are read as npm, yarn, pnpm and lerna list them, exclusions included', async () => {
    const others = { 'libs/b/package.json': '{"name":"b"}', 'libs/old/package.json': '{"name":"old"}' };
    expect(await targetsIn({ 'package.json': '{"workspaces":{"packages":["libs/*","!libs/old"]}}', ...member, ...others })).toEqual({ 'libs/b': 'project' });
    temp?.dispose();
    expect(await targetsIn({ 'package.json': '{}', 'pnpm-workspace.yaml': "packages:\n  - 'packages/**'\n", ...member, ...others })).toEqual({ 'packages/a': 'project', 'packages/a/node': 'project' });
    temp?.dispose();
    expect(await targetsIn({ 'package.json': '{}', 'lerna.json': '{}', ...member, ...others })).toEqual({ 'packages/a': 'project' });
    temp?.dispose();
    expect(await targetsIn({ 'package.json': '{}', 'pnpm-workspace.yaml': "packages: ['!libs/old']\n", ...others })).toEqual({ 'libs/b': 'project' });
  });

  it('a list that cannot be read lists nothing', async () => {
    expect(await targetsIn({ 'package.json': '{"workspaces":"packages/*"}', 'pnpm-workspace.yaml': 'packages: [', ...member })).toEqual({});
  });
});

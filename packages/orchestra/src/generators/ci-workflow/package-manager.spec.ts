import { createTree } from '@nx/devkit/testing';
import { packageManagerOf } from './package-manager';

test.each([
  ['package-lock.json', '{}', { install: 'npm ci', nx: 'npx nx' }],
  ['pnpm-lock.yaml', '', { install: 'pnpm install --frozen-lockfile', nx: 'pnpm exec nx' }],
  ['yarn.lock', '# yarn lockfile v1\n', { install: 'yarn install --frozen-lockfile', nx: 'yarn nx' }],
  ['yarn.lock', '__metadata:\n  version: 8\n', { install: 'yarn install --immutable', nx: 'yarn nx' }],
])('%s with %j chooses how to install and how to run nx', (path, text, commands) => {
  const tree = createTree();
  tree.write(path, text);
  expect(packageManagerOf(tree)).toMatchObject(commands);
});

test('without a lock file there is nothing to choose', () => {
  expect(packageManagerOf(createTree())).toBeUndefined();
});

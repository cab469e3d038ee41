import type { Tree } from '@nx/devkit';

/** What the workflow types to install and to run nx. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn';
  readonly install: string;
  readonly nx: string;
}

/** Chosen by the lock file, because a CI job installs what is locked or nothing. `undefined` when there is none that it knows. */
export function packageManagerOf(tree: Tree): PackageManager | undefined {
  if (tree.exists('pnpm-lock.yaml')) {
    return { name: 'pnpm', install: 'pnpm install --frozen-lockfile', nx: 'pnpm exec nx' };
  }
  if (tree.exists('yarn.lock')) {
    // Yarn 1 has no such head in its lock file, and does not know --immutable.
    const modern = /^__metadata:/m.test(tree.read('yarn.lock', 'utf-8') ?? '');
    return { name: 'yarn', install: modern ? 'yarn install --immutable' : 'yarn install --frozen-lockfile', nx: 'yarn nx' };
  }
  return tree.exists('package-lock.json') ? { name: 'npm', install: 'npm ci', nx: 'npx nx' } : undefined;
}

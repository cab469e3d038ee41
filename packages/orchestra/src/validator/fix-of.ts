import type { Evidence } from '../model';
import { classifyPath, withoutRecords } from './classify-path';

/** Languages a program is written in, SQL and schemas that become code among them. Data, styles and prose are not. */
const source = /\.([cm]?[jt]sx?|vue|svelte|astro|sql|prisma|graphql|gql|proto|py|rb|go|rs|java|kt|cs|php|swift|c|cc|cpp|h|hpp|sh)$/i;

export function isFixSource(path: string): boolean {
  return source.test(path);
}

/** Paths in which head differs from the tree the test was red on: production alone, everything else stands on both sides. */
export function fixOf({ changes, policy }: Pick<Evidence, 'changes' | 'policy'>): readonly string[] {
  return withoutRecords(changes, policy)
    .map(({ path }) => path)
    .filter((path) => classifyPath(path, policy) === 'production')
    .sort();
}

import type { IndexCache } from './ports';

export function createIndexCache(_root: string): IndexCache {
  throw new Error('io/index-cache.ts is not written yet');
}

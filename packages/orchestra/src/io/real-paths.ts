import type { Rejection } from '../model';

export async function checkRealPaths(_root: string, _paths: readonly string[]): Promise<readonly Rejection[]> {
  throw new Error('io/real-paths.ts is not written yet');
}

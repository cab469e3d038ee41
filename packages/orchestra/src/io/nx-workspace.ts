import type { Repository, Workspace } from './ports';

export function readNxDefaultBase(_root: string): string {
  throw new Error('io/nx-workspace.ts is not written yet');
}

export function createWorkspace(_root: string, _repository: Repository): Workspace {
  throw new Error('io/nx-workspace.ts is not written yet');
}

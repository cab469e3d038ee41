import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { detectContainment, reachOf } from './containment';
import type { NormaliseOptions } from './normalise-output';
import type { Repository, ScratchTree } from './ports';
import { type ProcessRequest, type ProcessResult, runProcess } from './run-process';
import { safeEnvironment } from './safe-environment';
import { scratchFoldersOf } from './scratch-folders';

/** A program as a caller names it; environment, time limit and containment are added. */
export type ScratchProgram = Pick<ProcessRequest, 'command' | 'args' | 'cwd' | 'input'> & { readonly env?: Readonly<Record<string, string>> };

/** How programs are started in one scratch tree, and how to tidy what they say. */
export interface ScratchProcesses {
  run(program: ScratchProgram): Promise<ProcessResult>;
  readonly names: NormaliseOptions;
}

/** Everything that runs in a scratch tree starts here: as far apart from keys, network and main tree as this machine allows. */
export async function scratchProcesses(repository: Repository, tree: ScratchTree, timeoutMs: number): Promise<ScratchProcesses> {
  const { base, home, temp } = scratchFoldersOf(tree);
  const { seal, closeNetwork } = await detectContainment();
  const reach = reachOf(base, repository.root, await installedFolders(repository));
  return {
    names: { temp, folders: new Map([[tree.path, ''], [repository.root, ''], [base, '<scratch>']]), now: Date.now() },
    run: (program) => {
      const bare = { ...program, env: safeEnvironment({ HOME: home, TMPDIR: temp, ...program.env }), timeoutMs };
      return runProcess(seal ? seal(bare, reach) : closeNetwork ? closeNetwork(bare) : bare);
    },
  };
}

/** Every `node_modules` of the main tree: the one part of it that a run may read. */
async function installedFolders(repository: Repository): Promise<readonly string[]> {
  const manifests = [...(await repository.listTree('HEAD')).keys()].filter((path) => path === 'package.json' || path.endsWith('/package.json'));
  return ['', ...manifests.map(dirname)].map((folder) => join(repository.root, folder, 'node_modules')).filter((folder) => existsSync(folder));
}

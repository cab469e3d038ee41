import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const workspaceRoot = join(__dirname, '..', '..');

/** Path in the workspace → text. */
export type Files = Readonly<Record<string, string>>;

export interface PlantedWorkspace {
  readonly path: string;
  /** Runs a command of the real workspace's `node_modules/.bin` here. */
  run(command: string, ...args: readonly string[]): { readonly status: number | null; readonly stdout: string };
  dispose(): void;
}

const copied = ['package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs', 'packages/orchestra/package.json'];

/** A folder outside the repository with our manifests and rules, our installed packages, and nothing but the given sources. */
export function plantWorkspace(files: Files): PlantedWorkspace {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'planted-')));
  const place = (relative: string): string => {
    mkdirSync(dirname(join(path, relative)), { recursive: true });
    return join(path, relative);
  };
  for (const manifest of copied) copyFileSync(join(workspaceRoot, manifest), place(manifest));
  symlinkSync(join(workspaceRoot, 'node_modules'), join(path, 'node_modules'), 'dir');
  for (const [relative, text] of Object.entries(files)) writeFileSync(place(relative), text);
  return {
    path,
    run(command, ...args) {
      const { status, stdout, stderr } = spawnSync(join(workspaceRoot, 'node_modules', '.bin', command), args, {
        cwd: path,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      if (stdout.trim() === '') throw new Error(`${command} said nothing: ${stderr}`);
      return { status, stdout };
    },
    dispose: () => rmSync(path, { recursive: true, force: true }),
  };
}

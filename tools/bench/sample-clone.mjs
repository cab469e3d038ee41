import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A clone of this workspace at its last commit, with its packages; gone when the process ends. `linked`: they are hard links, which is
 * quick; a gate that runs meanwhile, here or there, sees their number of links change and blocks for it.
 */
export function sampleClone({ linked = true } = {}) {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'orchestra-bench-'))), 'workspace');
  process.once('exit', () => rmSync(join(folder, '..'), { recursive: true, force: true }));
  run('git', ['clone', '--quiet', root, folder]);
  const sources = ['node_modules', ...readdirSync(join(root, 'packages')).map((each) => `packages/${each}/node_modules`)].filter((each) => existsSync(join(root, each)));
  for (const source of sources) run('cp', [linked ? '-al' : '-a', join(root, source), join(folder, source)]);
  return folder;
}

/** Applies the edits of a goal's recorded replies, which are search and replace blocks. */
export function applyRecording(folder, goal) {
  const replies = join(root, 'orchestra/recordings', goal);
  for (const name of readdirSync(replies).filter((each) => each.endsWith('.md')).sort()) {
    for (const [, path, before, after] of readFileSync(join(replies, name), 'utf8').matchAll(/^```.*\n(\S+)\n<{7} SEARCH\n([\s\S]*?)\n={7}\n([\s\S]*?)\n>{7} REPLACE$/gm)) {
      const text = readFileSync(join(folder, path), 'utf8');
      if (!text.includes(before)) throw new Error(`${name}: ${path} does not hold the text to be replaced`);
      writeFileSync(join(folder, path), text.replace(before, () => after));
    }
  }
}

export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options });
  if (result.status !== 0 && options.anyCode !== true) throw new Error(`${command} ${args.join(' ')} ended with ${result.status}`);
  return result;
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
export const seconds = (ms) => (ms / 1000).toFixed(2);

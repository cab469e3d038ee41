import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestRun } from '../model';

export interface DetectedRunner {
  readonly runner: TestRun['runner'];
  /** Flags of node that the test script sets and a test file may need. */
  readonly nodeFlags: readonly string[];
}

const extensions = ['ts', 'js', 'mjs', 'cjs', 'mts', 'cts', 'json'];
const known: readonly (readonly [TestRun['runner'], string])[] = [['jest', 'jest.config'], ['vitest', 'vitest.config'], ['vitest', 'vite.config']];

/** The runner a project uses, read from its files at the commit under test; the root's own configuration comes second. */
export async function detectRunner(tree: string, projectRoot: string): Promise<DetectedRunner> {
  const folders = [...new Set([join(tree, projectRoot), tree])];
  for (const folder of folders) {
    const { script, hasJest } = await readManifest(folder);
    const nodeFlags = (script.match(/--experimental-(?:vm-modules|strip-types|test-[a-z-]+)|--(?:import|require|conditions)[= ]\S+/g) ?? []).flatMap((flag) => flag.split(' '));
    const runner = runnerOf(folder, script, hasJest);
    if (runner) return { runner, nodeFlags };
  }
  return { runner: 'unsupported', nodeFlags: [] };
}

/** What the test script calls decides; a configuration file alone may be a leftover. */
function runnerOf(folder: string, script: string, hasJest: boolean): TestRun['runner'] | undefined {
  if (/\bvitest\b/.test(script)) return 'vitest';
  if (/\bjest\b/.test(script)) return 'jest';
  if (/\bnode\b[^|&;]*\s--test\b/.test(script)) return 'node:test';
  const configured = known.find(([, name]) => extensions.some((extension) => existsSync(join(folder, `${name}.${extension}`))));
  return configured?.[0] ?? (hasJest ? 'jest' : undefined);
}

async function readManifest(folder: string): Promise<{ readonly script: string; readonly hasJest: boolean }> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { scripts?: { test?: unknown }; jest?: unknown };
    return { script: typeof manifest.scripts?.test === 'string' ? manifest.scripts.test : '', hasJest: manifest.jest !== undefined };
  } catch {
    return { script: '', hasJest: false };
  }
}

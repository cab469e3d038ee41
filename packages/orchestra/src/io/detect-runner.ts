import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestRun } from '../model';

export interface DetectedRunner {
  readonly runner: TestRun['runner'];
  /** Flags of node that the test script sets and a test file may need. */
  readonly nodeFlags: readonly string[];
  /** What the project calls to run its tests: its script and its Nx target, a line each; empty where the root's decided. */
  readonly testScript: string;
}

const extensions = ['ts', 'js', 'mjs', 'cjs', 'mts', 'cts', 'json'];
const known: readonly (readonly [TestRun['runner'], string])[] = [['jest', 'jest.config'], ['vitest', 'vitest.config'], ['vitest', 'vitest.workspace'], ['vitest', 'vite.config']];

/** The runner a project uses, read from its files at the commit under test; the root's own configuration comes second. */
export async function detectRunner(tree: string, projectRoot: string): Promise<DetectedRunner> {
  const folders = [...new Set([join(tree, projectRoot), tree])];
  for (const [index, folder] of folders.entries()) {
    const { script, hasJest } = await readManifest(folder);
    const nodeFlags = (script.match(/--experimental-(?:vm-modules|strip-types|test-[a-z-]+)|--test-force-exit\b|--(?:import|require|conditions)[= ]\S+/g) ?? []).flatMap((flag) => flag.split(' '));
    const runner = runnerOf(folder, script, hasJest);
    if (runner) return { runner, nodeFlags, testScript: index === 0 ? script : '' };
  }
  return { runner: 'unsupported', nodeFlags: [], testScript: '' };
}

/** What the test script calls decides; a configuration file alone may be a leftover. */
function runnerOf(folder: string, script: string, hasJest: boolean): TestRun['runner'] | undefined {
  if (/\bvitest\b|@nx\/vite:test/.test(script)) return 'vitest';
  if (/\bjest\b/.test(script)) return 'jest';
  if (/\bnode\b[^|&;\n]*\s--test\b/.test(script)) return 'node:test';
  const configured = known.find(([, name]) => extensions.some((extension) => existsSync(join(folder, `${name}.${extension}`))));
  return configured?.[0] ?? (hasJest ? 'jest' : undefined);
}

interface Manifest {
  readonly script: string;
  readonly hasJest: boolean;
}

async function readManifest(folder: string): Promise<Manifest> {
  const [manifest, project] = [await readObject(join(folder, 'package.json')), await readObject(join(folder, 'project.json'))];
  const lines = [at(manifest, ['scripts', 'test']), ...[at(manifest, ['nx', 'targets', 'test']), at(project, ['targets', 'test'])].flatMap(callsOf)];
  return { script: lines.filter((line) => typeof line === 'string').join('\n'), hasJest: at(manifest, ['jest']) !== undefined };
}

/** The places in which a target of Nx says what it calls. */
function callsOf(target: unknown): readonly unknown[] {
  const commands = at(target, ['options', 'commands']);
  return [at(target, ['executor']), at(target, ['command']), at(target, ['options', 'command']), ...(Array.isArray(commands) ? (commands as readonly unknown[]) : [])];
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[name] : undefined), value);
}

async function readObject(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

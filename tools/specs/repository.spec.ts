import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workspaceRoot } from './planted-workspace';

interface Manifest {
  readonly name: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly targets?: Readonly<Record<string, unknown>> };
}

const read = (path: string) => readFileSync(join(workspaceRoot, path), 'utf8');
const readManifest = (path: string) => JSON.parse(read(path)) as Manifest;

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: workspaceRoot, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(workspaceRoot, path)));
const manifests = tracked.filter((path) => /^(packages\/[^/]+|tools)\/package\.json$/.test(path));

/** Where somebody's machine shows through. Temporary folders come from `os.tmpdir()`, everything else is relative. */
const machinePath = new RegExp(`(?<![\\w.$}*-])/(?:${['work', 'root', 'home/\\w+', 'Users/\\w+', 'tmp/\\w{2,}'].join('|')})\\b`);
/** Spelled in two halves, or this file would find itself. */
const packageSource = new RegExp(['registry\\.npm', 'js\\.org'].join(''));

function linesWith(pattern: RegExp): readonly string[] {
  return tracked.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [])),
  );
}

it('keeps the places packages came from out of the lock file', () => {
  const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, { readonly resolved?: string }>> };
  const resolved = Object.values(lock.packages).flatMap((entry) => entry.resolved ?? []);
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(resolved.filter((place) => place.includes('://'))).toEqual([]);
  expect(linesWith(packageSource)).toEqual([]);
});

it.each(['cd /work/main', '"/root/x"', '(/tmp/abc)', 'file:///home/ann/x'.slice(7)])('knows the machine path in %s', (line) => {
  expect(line).toMatch(machinePath);
});

it.each(['/api/work/1', './root/x', '${dir}/work', 'https://example.com/home/ann', '/workspace/x', 'packages/root/x'])('sees no machine path in %s', (line) => {
  expect(line).not.toMatch(machinePath);
});

it('names no path of the machine it was written on', () => {
  const self = 'tools/specs/repository.spec.ts:';
  expect(linesWith(machinePath).filter((line) => !line.startsWith(self))).toEqual([]);
});

describe.each(manifests)('%s', (path) => {
  const manifest = readManifest(path);
  const folder = dirname(path);

  it('states the licence and comes with a README', () => {
    expect(manifest.license).toBe('MIT');
    expect(read(`${folder}/README.md`).length).toBeGreaterThan(200);
  });

  it('has the targets that `npm run check` runs', () => {
    const wanted = folder === 'tools' ? ['lint', 'test', 'typecheck'] : ['build', 'lint', 'test', 'typecheck'];
    expect(Object.keys(manifest.nx?.targets ?? {})).toEqual(expect.arrayContaining(wanted));
  });
});

it('ships the licence of the workspace with the plugin', () => {
  expect(read('packages/orchestra/LICENSE')).toBe(read('LICENSE'));
});

it('says of every package the plugin depends on why', () => {
  const { dependencies = {}, peerDependencies = {} } = readManifest('packages/orchestra/package.json');
  const reasons = read('docs/decisions/dependencies.md');
  const names = Object.keys({ ...dependencies, ...peerDependencies });
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !reasons.includes(`| \`${name}\` |`))).toEqual([]);
});

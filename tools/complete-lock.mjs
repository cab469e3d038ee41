import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Parts of the names of platform packages, as napi-rs and swc spell them → what npm compares. */
const systems = ['darwin', 'win32', 'linux', 'freebsd', 'android', 'openharmony'];
const processors = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64'];
const libraries = { gnu: 'glibc', musl: 'musl', gnueabihf: 'glibc', musleabihf: 'musl' };

function platformOf(name) {
  const parts = name.split(/[/-]/);
  const os = systems.filter((system) => parts.includes(system));
  const cpu = processors.filter((processor) => parts.includes(processor));
  const libc = Object.keys(libraries).filter((library) => parts.includes(library)).map((library) => libraries[library]);
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`Cannot tell the platform of ${name}: add it to package-lock.json by hand.`);
  return { cpu, ...(libc.length > 0 && os[0] === 'linux' ? { libc } : {}), optional: true, os };
}

const isExact = (version) => /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);
const isListed = (packages, parent, name) => `${parent}/node_modules/${name}` in packages || `node_modules/${name}` in packages;

/**
 * The optional packages that a lock file leaves out, each with the package that asks for it. npm leaves out what its
 * registry does not carry (a mirror often lacks other platforms), and then `npm ci` refuses that lock on every machine.
 *
 * @param {Record<string, {optionalDependencies?: Record<string, string>}>} packages of package-lock.json
 */
export function missingFromLock(packages) {
  return Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isListed(packages, parent, name))
      .map(([name, version]) => ({ parent, name, version })),
  );
}

/** The entry npm would have written, without the hash that only the registry knows. The next install keeps it. */
function entryFor({ parent, name, version }) {
  if (!isExact(version)) throw new Error(`${parent} asks for ${name}@${version}: only the registry can say which that is.`);
  return { version, ...platformOf(name) };
}

function completeLock(path) {
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const missing = missingFromLock(lock.packages);
  for (const each of missing) lock.packages[`node_modules/${each.name}`] = entryFor(each);
  const [root, ...rest] = Object.entries(lock.packages);
  const sorted = rest.sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries([root, ...sorted]) }, null, 2)}\n`);
  console.log(`package-lock.json: ${missing.length} optional packages added.`);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  completeLock(join(fileURLToPath(new URL('..', import.meta.url)), 'package-lock.json'));
}

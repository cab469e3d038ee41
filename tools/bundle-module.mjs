import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/**
 * One CommonJS file of a module that re-exports parts of a package: with what it needs of the package, without the rest, and the package's
 * licence beside it (`zod.js`, `zod.LICENSE`). Refused where the file would still have to load something when it runs.
 */
export async function bundleModule(name, source, target) {
  const manifest = createRequire(resolve(source)).resolve(`${name}/package.json`);
  const folder = dirname(manifest);
  const { version, license } = JSON.parse(readFileSync(manifest, 'utf8'));
  const licence = target.replace(/\.js$/, '.LICENSE');
  const banner = `/*! From ${name} ${version}, ${license}: see ${basename(licence)}. */`;
  // Comments in the bundle name files from `cwd`: the same bytes wherever it is made.
  const bundle = await rolldown({ input: resolve(source), cwd: folder, platform: 'node', logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'cjs', esModule: true, strict: true, banner });
  await bundle.close();
  const loaded = output.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
  if (loaded.length > 0) throw new Error(`${source} is not one file: it would load ${loaded.join(', ')}.`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, output[0].code);
  copyFileSync(join(folder, 'LICENSE'), licence);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [name, source, target] = process.argv.slice(2);
  await bundleModule(name, source, target);
}

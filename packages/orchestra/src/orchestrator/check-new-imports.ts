import { indexFile } from '../context-hub/index-file';
import { packageFolders } from '../context-hub/resolve-module';
import type { FileTexts, Rejection } from '../model';
import { checkImports, type ImportedNames } from '../specialists/check-imports';
import type { AskContext } from './ask-task';
import type { AppliedReply } from './try-reply';
import type { WaveView } from './wave-view';

/**
 * Imports that a reply adds and that cannot work: files that are not there, packages that nobody declares. Caught before
 * anything runs, because a test that cannot load is red for the wrong reason. Exported names are not compared: the index keeps
 * the local names of imports, and an alias would look like a missing export.
 */
export async function checkNewImports(context: AskContext, view: WaveView, applied: AppliedReply, existing: ReadonlySet<string>): Promise<readonly Rejection[]> {
  const paths = [...applied.changed.keys()];
  const packages = await knownPackages(context, view, paths);
  return checkImports(
    applied.changed,
    {
      importsOf,
      exists: (path) => (existing.has(path) && !applied.deleted.includes(path)) || applied.changed.has(path),
      exportsOf: () => undefined,
      packages,
    },
    await view.read(paths),
  );
}

/** A bundler's or TypeScript's path alias is set in a config that is not read here, so such a specifier is left alone. */
const alias = /^(?:@\/|~|#|\$|virtual:|[a-z]+:)/;

function importsOf(text: string, path: string): readonly ImportedNames[] {
  return indexFile(path, text).imports.filter(({ from }) => !alias.test(from) || from.startsWith('node:')).map(({ from }) => ({ specifier: from, names: [] }));
}

/** Node's own, without the `node:` prefix that newer code has. */
const builtIn = 'assert async_hooks buffer child_process cluster crypto dns events fs http http2 https module net os path perf_hooks process querystring readline stream string_decoder timers tls tty url util v8 vm worker_threads zlib'.split(' ');

/** Declared by a manifest above the files, the workspace's own, or imported somewhere already. */
async function knownPackages(context: AskContext, view: WaveView, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const manifests = await view.read([...new Set(paths.flatMap(manifestsAbove))].filter((path) => context.survey.tree.has(path)));
  const indexes = await context.survey.indexes();
  const imported = [...indexes.values()].flatMap((index) => index.imports.map((each) => packageName(each.from)));
  return new Set([...builtIn, ...declaredIn(manifests), ...packageFolders(indexes).keys(), ...imported]);
}

function manifestsAbove(path: string): readonly string[] {
  const folders = path.split('/').slice(0, -1);
  return folders.map((_, depth) => `${folders.slice(0, depth + 1).join('/')}/package.json`).concat('package.json');
}

function declaredIn(manifests: FileTexts): readonly string[] {
  return [...manifests.values()].flatMap((text) => {
    try {
      const manifest = JSON.parse(text) as Readonly<Record<string, object | undefined>>;
      return ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((group) => Object.keys(manifest[group] ?? {}));
    } catch {
      // A broken manifest declares nothing; whoever runs npm will hear of it.
      return [];
    }
  });
}

function packageName(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

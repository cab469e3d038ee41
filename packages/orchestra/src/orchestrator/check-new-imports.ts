import { indexFile, type FileIndex } from '../context-hub/index-file';
import { holdsPathAliases } from '../context-hub/path-kind';
import { moduleResolver, packageFolders, placedAliases } from '../context-hub/resolve-module';
import type { FileTexts, Rejection } from '../model';
import { checkImports, type ImportedNames } from '../specialists/check-imports';
import type { Survey } from './make-plan';
import type { AppliedReply } from './try-reply';
import type { WaveView } from './wave-view';

type ImportSurvey = Pick<Survey, 'indexes' | 'tree'>;

/**
 * Imports that a reply adds and that cannot work: files that are not there, packages that nobody declares. Caught before
 * anything runs, because a test that cannot load is red for the wrong reason. Exported names are not compared: the index keeps
 * the local names of imports, and an alias would look like a missing export.
 */
export async function checkNewImports(survey: ImportSurvey, view: Pick<WaveView, 'read' | 'changed' | 'deleted'>, applied: AppliedReply, existing: ReadonlySet<string>): Promise<readonly Rejection[]> {
  const paths = [...applied.changed.keys()];
  const indexes = await survey.indexes();
  const packages = await knownPackages(survey, view, paths, indexes);
  const present = new Set([...existing, ...paths].filter((path) => !applied.deleted.includes(path)));
  return checkImports(
    applied.changed,
    {
      importsOf,
      exists: (path) => present.has(path),
      exportsOf: () => undefined,
      resolveAlias: aliasResolver(present, configurationsAfter(indexes, view, applied)),
      packages,
    },
    await view.read(paths),
  );
}

/** As the wave and the reply leave them: a library may come with its alias. */
function configurationsAfter(indexes: ReadonlyMap<string, FileIndex>, view: Pick<WaveView, 'changed' | 'deleted'>, { changed, deleted }: AppliedReply): ReadonlyMap<string, FileIndex> {
  const edited = [...view.changed, ...changed].filter(([path]) => holdsPathAliases(path)).map(([path, text]) => [path, indexFile(path, text)] as const);
  const all = [...indexes].filter(([path]) => holdsPathAliases(path));
  return new Map([...all, ...edited].filter(([path]) => changed.has(path) || (!view.deleted.has(path) && !deleted.includes(path))));
}

/** A library that nobody imports yet is known by the workspace's own aliases. */
function aliasResolver(paths: ReadonlySet<string>, indexes: ReadonlyMap<string, FileIndex>): (specifier: string, from: string) => string | undefined {
  const resolve = moduleResolver({ paths, packages: new Map(), aliases: placedAliases(indexes) });
  return (specifier, from) => resolve(from, specifier);
}

/** A bundler's alias is set in a program that is not read here, so such a specifier is left alone. */
const alias = /^(?:@\/|~|#|\$|virtual:|[a-z]+:)/;

function importsOf(text: string, path: string): readonly ImportedNames[] {
  return indexFile(path, text).imports.filter(({ from }) => !alias.test(from) || from.startsWith('node:')).map(({ from }) => ({ specifier: from, names: [] }));
}

/** Node's own, without the `node:` prefix that newer code has. */
const builtIn = 'assert async_hooks buffer child_process cluster crypto dns events fs http http2 https module net os path perf_hooks process querystring readline stream string_decoder timers tls tty url util v8 vm worker_threads zlib'.split(' ');

/** Declared by a manifest above the files, the workspace's own, or imported somewhere already. */
async function knownPackages({ tree }: ImportSurvey, view: Pick<WaveView, 'read'>, paths: readonly string[], indexes: ReadonlyMap<string, FileIndex>): Promise<ReadonlySet<string>> {
  const manifests = await view.read([...new Set(paths.flatMap(manifestsAbove))].filter((path) => tree.has(path)));
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

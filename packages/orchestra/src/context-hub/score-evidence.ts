import type { Reason, ReasonKind } from '../model';
import type { FileIndex } from './file-index';
import { edgesOf, type ImportEdge } from './import-graph';
import { resolverOf } from './links-of';
import { matchPath, type StemIndex } from './match-path';
import { readHandlers, readMounts, matchRoute, type Handler, type Routers } from './mount-table';
import { isStaged, pathKind, stemOf } from './path-kind';
import type { GoalQuery } from './read-goal';
import { filesWith, namesOf, phrasesWith, type PhrasePlace, type TreeIndex } from './tree-index';

/** One exact hit of a goal's clue in a file. */
export interface Evidence {
  readonly path: string;
  readonly weight: number;
  readonly reason: Reason;
  readonly focus?: readonly [number, number];
}

/**
 * How far a clue is trusted, on the scale of the fused lists (`rank-files`: about 12 for a file that leads them all).
 * Order: field/localization "Order of worth" and field/domain-rules part 4. Shared among the files a clue names.
 */
const trust = {
  'explicit-target': 30, 'stack-frame': 8, 'file-name': 2.5, component: 1.2, symbol: 0.6, route: 2, mount: 0.2, 'log-prefix': 2,
  'ui-string': 1, 'bug-id': 2, table: 0.1, module: 1,
} as const satisfies Partial<Record<ReasonKind, number>>;
type Clue = keyof typeof trust;

/** A clue that names more files than this names none. */
const mostFiles = { symbol: 4, component: 4, 'log-prefix': 5, 'ui-string': 5, table: 5, 'file-name': 6 } as const;

/** The tree, and one of its files with its lines; `undefined` while it has not been read. */
export interface EvidenceSource {
  readonly tree: TreeIndex;
  readonly fileAt: (path: string) => FileIndex | undefined;
}

export function findEvidence(source: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  return [
    ...targets(source, query), ...frames(source, query), ...mentionedPaths(source, query), ...configuration(source, query), ...names(source, query), ...routes(source, query),
    ...logPrefixes(source, query), ...phrases(source, query), ...bugs(source, query), ...tables(source, query),
  ];
}

function hit(clue: Clue, path: string, share: number, detail: string, focus?: readonly [number, number]): Evidence {
  return { path, weight: trust[clue] * share, reason: { kind: clue, detail }, ...(focus === undefined ? {} : { focus }) };
}

function targets({ tree }: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  return query.targetFiles.flatMap((path) => (tree.numberOf.has(path) ? [hit('explicit-target', path, 1, `the goal names ${path}`)] : []));
}

/** Further down a frame weighs a twentieth of the first; an endless recursion has thousands. */
const mostFrames = 50;

function frames(source: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  return query.frames.slice(0, mostFrames).flatMap((frame, depth) => {
    const paths = matchPath(stemsOf(source), frame.path);
    return paths.flatMap((path) => {
      const share = 1 / (1 + 0.35 * depth) / paths.length;
      return [hit('stack-frame', path, share, `frame ${depth + 1}: ${path}:${frame.line}`, frameFocus(source, path, frame))];
    });
  });
}

/** The function named in the frame, or what stands at its line, unless the frame is of compiled code. */
function frameFocus(source: EvidenceSource, path: string, frame: GoalQuery['frames'][number]): readonly [number, number] | undefined {
  const named = source.fileAt(path)?.definitions.find(([name]) => name === frame.function);
  const compiled = !frame.path.endsWith(path.slice(path.lastIndexOf('.'))) || /(?:^|\/)(?:dist|build|out|assets)\//.test(frame.path);
  if (!compiled) return around(source, path, frame.line);
  return named === undefined ? undefined : [named[1], named[2]];
}

/** The smallest declaration that holds the line, else a few lines around it. */
function around(source: EvidenceSource, path: string, line: number): readonly [number, number] | undefined {
  const index = source.fileAt(path);
  if (index === undefined || line > index.lines) return undefined;
  const holding = index.definitions.filter(([, start, end]) => start <= line && line <= end && end - start < 80);
  const smallest = [...holding].sort((a, b) => a[2] - a[1] - (b[2] - b[1]))[0];
  return smallest === undefined ? [Math.max(1, line - 8), Math.min(index.lines, line + 8)] : [smallest[1], smallest[2]];
}

function mentionedPaths(source: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  return query.paths.flatMap(({ path: mentioned, line }) => {
    const paths = matchPath(stemsOf(source), mentioned).filter((path) => path.slice(path.lastIndexOf('.')) === mentioned.slice(mentioned.lastIndexOf('.')));
    if (paths.length > mostFiles['file-name']) return [];
    return paths.map((path) =>
      hit('file-name', path, 1 / paths.length, `the goal mentions ${mentioned}`, line === undefined ? undefined : around(source, path, line)),
    );
  });
}

/** `docker compose` is `docker-compose.yml`: configuration is called by its name, spoken, and shares few other words with a goal. */
function configuration({ tree }: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  const spoken = ` ${query.wordList.join(' ')} `;
  const names = namesOf(tree, 'configuration').filter((name) => spoken.includes(` ${name} `));
  const named = names.flatMap((name) => filesWith(tree, 'configuration', name).map((path) => ({ path, name }))).sort((a, b) => (a.path < b.path ? -1 : 1));
  return named.length > mostFiles['file-name'] ? [] : named.map(({ path, name }) => hit('file-name', path, 1 / named.length, `the goal says "${name}"`));
}

/** Lower-case stem → paths. */
function stemsOf({ tree }: EvidenceSource): StemIndex {
  return { get: (stem) => filesWith(tree, 'stems', stem) };
}

/** Components by file name, everything else by definition. */
function names(source: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  return query.identifiers.flatMap((name) => {
    const components = filesWith(source.tree, 'stems', name.toLowerCase()).filter((path) => pathKind(path) === 'source' && stemOf(path) === name);
    if (/^[A-Z]/.test(name) && components.length > 0 && components.length <= mostFiles.component) {
      return components.map((path) => hit('component', path, 1 / components.length, `${name} is the file's name`));
    }
    const found = filesWith(source.tree, 'definitions', name);
    if (found.length > mostFiles.symbol) return [];
    return found.map((path) => {
      const place = source.fileAt(path)?.definitions.find(([defined]) => defined === name);
      return hit('symbol', path, 1 / found.length, `defines ${name}`, place === undefined ? undefined : [place[1], place[2]]);
    });
  });
}

function routes(source: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  if (query.routes.length === 0) return [];
  const routers = routersOfTree(source);
  const mounts = readMounts(routers);
  const handlers = readHandlers(routers, mounts).filter(({ path }) => pathKind(path) === 'source');
  return query.routes.flatMap(({ method, path: requested }) => {
    const best = bestHandlers(handlers, method, requested);
    const label = `${method === undefined ? '' : `${method} `}${requested}`;
    if (best.length > 0) return best.flatMap((handler) => handlerEvidence(handler, label, best.length));
    const mounted = mounts.filter(({ prefix }) => prefix.length > 1 && (requested === prefix || requested.startsWith(`${prefix}/`)));
    const longest = Math.max(0, ...mounted.map(({ prefix }) => prefix.length));
    const nearest = mounted.filter(({ prefix, path }) => prefix.length === longest && pathKind(path) === 'source');
    return nearest.map((mount) => hit('route', mount.path, 0.6 / nearest.length, `${label} falls under ${mount.prefix}, mounted at ${mount.mountedIn}:${mount.line}`));
  });
}

function routersOfTree({ tree, fileAt }: EvidenceSource): Routers {
  const resolve = resolverOf(tree);
  // Asked once for every mount, and whoever mounts a thousand routers imports a thousand.
  const edges = new Map<string, readonly ImportEdge[]>();
  const importsOf = (path: string): readonly ImportEdge[] => {
    let known = edges.get(path);
    if (known === undefined) edges.set(path, (known = edgesOf(fileAt(path), resolve, path)));
    return known;
  };
  return {
    paths: tree.segments.flatMap(({ segment, first }) => segment.routers.map((number) => tree.paths[first + number] ?? '')),
    fileAt, importsOf,
  };
}

function bestHandlers(handlers: readonly Handler[], method: string | undefined, requested: string): readonly Handler[] {
  const scored = handlers.flatMap((handler) => {
    const literal = matchRoute(handler.route, requested);
    const agrees = method === undefined || handler.method === method || handler.method === 'ALL';
    return literal === undefined || literal === 0 || !agrees ? [] : [{ handler, literal }];
  });
  // Not spread into `Math.max`: a hundred thousand routes are more arguments than a call takes.
  const best = scored.reduce((most, { literal }) => Math.max(most, literal), 0);
  return scored.filter(({ literal }) => literal === best).map(({ handler }) => handler).slice(0, 6);
}

function handlerEvidence(handler: Handler, label: string, count: number): readonly Evidence[] {
  const detail = `${label} is answered by ${handler.method} ${handler.route} at ${handler.path}:${handler.start}`;
  const own = hit('route', handler.path, 1 / count, detail, [handler.start, handler.end]);
  const { mount } = handler;
  if (mount === undefined) return [own];
  return [own, hit('mount', mount.mountedIn, 1 / count, `mounts ${mount.prefix} for ${label}`, [mount.line, mount.line])];
}

function logPrefixes(source: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  return query.logPrefixes.flatMap((prefix) => {
    const found = filesWith(source.tree, 'logPrefixes', prefix);
    if (found.length > mostFiles['log-prefix']) return [];
    return found.map((path) => hit('log-prefix', path, 1 / found.length, `logs with the prefix ${prefix}`));
  });
}

/** Quoted text inside a literal, or a whole literal inside the goal's text. */
function phrases(source: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  const found = new Map<string, PhrasePlace[]>();
  const add = (key: string, place: PhrasePlace): void => {
    const known = found.get(key);
    if (known === undefined) found.set(key, [place]);
    else known.push(place);
  };
  const quoted = (phrase: string): string | undefined => query.quotes.find((quote) => phrase.includes(quote));
  for (const quote of query.quotes) {
    for (const place of phrasesWith(source.tree, quote, 'anywhere')) if (quoted(place.phrase) === quote) add(quote, place);
  }
  for (const opening of new Set(pairsOf(query.text))) {
    for (const place of phrasesWith(source.tree, opening, 'beginning')) {
      const { phrase } = place;
      const isWhole = phrase.length >= 12 && (phrase.length === opening.length || phrase[opening.length] === ' ') && query.text.includes(phrase);
      if (isWhole && quoted(phrase) === undefined) add(phrase, place);
    }
  }
  return [...found].sort(byFirstPlace).flatMap(([phrase, places]) => phraseEvidence(source, phrase, places));
}

type FoundPhrase = readonly [string, readonly PhrasePlace[]];

/** In the order in which somebody who reads the workspace from its first file meets them. */
function byFirstPlace([, left]: FoundPhrase, [, right]: FoundPhrase): number {
  const [a, b] = [firstPlace(left), firstPlace(right)];
  return a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1;
}

function firstPlace(places: readonly PhrasePlace[]): PhrasePlace {
  return places.reduce((first, place) => (place.path < first.path || (place.path === first.path && place.line < first.line) ? place : first));
}

function phraseEvidence(source: EvidenceSource, phrase: string, places: readonly PhrasePlace[]): readonly Evidence[] {
  const paths = [...new Set(places.map(({ path }) => path))].filter((path) => !isStaged(path)).sort();
  if (paths.length > mostFiles['ui-string']) return [];
  return paths.map((path) => {
    const { line } = firstPlace(places.filter((place) => place.path === path));
    return hit('ui-string', path, 1 / paths.length, `contains "${phrase}" at line ${line}`, around(source, path, line));
  });
}

function pairsOf(text: string): readonly string[] {
  const words = text.split(' ').map((word) => word.replace(/^["'“`([]+/, ''));
  return words.slice(1).map((word, before) => `${words[before] ?? ''} ${word}`);
}

/** A mention in code. What the register calls the bug is searched for like the words of the goal. */
function bugs(source: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  return query.bugIds.flatMap((id) =>
    filesWith(source.tree, 'bugIds', id).filter((path) => pathKind(path) === 'source').map((path) => {
      const line = source.fileAt(path)?.bugIds.find(([known]) => known === id)?.[1] ?? 1;
      return hit('bug-id', path, 0.5, `mentions ${id} at line ${line}`, around(source, path, line));
    }),
  );
}

function tables(source: EvidenceSource, query: GoalQuery): readonly Evidence[] {
  const snake = new Set(query.identifiers.filter((name) => name.includes('_')).map((name) => name.toLowerCase()));
  return [...snake].flatMap((name) => {
    const users = filesWith(source.tree, 'tables', name);
    if (users.length > mostFiles.table) return [];
    return users.map((path) => {
      const line = source.fileAt(path)?.tables.find(([table]) => table === name)?.[1] ?? 1;
      return hit('table', path, 1, `uses the table ${name} at line ${line}`, around(source, path, line));
    });
  });
}

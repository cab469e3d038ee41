import type { Reason, ReasonKind } from '../model';
import type { Corpus } from './corpus';
import { matchPath } from './match-path';
import { readHandlers, readMounts, matchRoute, type Handler } from './mount-table';
import { pathKind, stemOf } from './path-kind';
import type { GoalQuery } from './read-goal';

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

export function findEvidence(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  return [
    ...targets(corpus, query), ...frames(corpus, query), ...mentionedPaths(corpus, query), ...configuration(corpus, query), ...names(corpus, query), ...routes(corpus, query),
    ...logPrefixes(corpus, query), ...phrases(corpus, query), ...bugs(corpus, query), ...tables(corpus, query),
  ];
}

function hit(clue: Clue, path: string, share: number, detail: string, focus?: readonly [number, number]): Evidence {
  return { path, weight: trust[clue] * share, reason: { kind: clue, detail }, ...(focus === undefined ? {} : { focus }) };
}

function targets(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  return query.targetFiles.flatMap((path) => (corpus.files.has(path) ? [hit('explicit-target', path, 1, `the goal names ${path}`)] : []));
}

function frames(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  return query.frames.flatMap((frame, depth) => {
    const paths = matchPath(corpus.stems, frame.path);
    return paths.flatMap((path) => {
      const share = 1 / (1 + 0.35 * depth) / paths.length;
      return [hit('stack-frame', path, share, `frame ${depth + 1}: ${path}:${frame.line}`, frameFocus(corpus, path, frame))];
    });
  });
}

/** The function named in the frame, or what stands at its line, unless the frame is of compiled code. */
function frameFocus(corpus: Corpus, path: string, frame: GoalQuery['frames'][number]): readonly [number, number] | undefined {
  const named = corpus.files.get(path)?.definitions.find(([name]) => name === frame.function);
  const compiled = !frame.path.endsWith(path.slice(path.lastIndexOf('.'))) || /(?:^|\/)(?:dist|build|out|assets)\//.test(frame.path);
  if (!compiled) return around(corpus, path, frame.line);
  return named === undefined ? undefined : [named[1], named[2]];
}

/** The smallest declaration that holds the line, else a few lines around it. */
function around(corpus: Corpus, path: string, line: number): readonly [number, number] | undefined {
  const index = corpus.files.get(path);
  if (index === undefined || line > index.lines) return undefined;
  const holding = index.definitions.filter(([, start, end]) => start <= line && line <= end && end - start < 80);
  const smallest = [...holding].sort((a, b) => a[2] - a[1] - (b[2] - b[1]))[0];
  return smallest === undefined ? [Math.max(1, line - 8), Math.min(index.lines, line + 8)] : [smallest[1], smallest[2]];
}

function mentionedPaths(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  return query.paths.flatMap(({ path: mentioned, line }) => {
    const paths = matchPath(corpus.stems, mentioned).filter((path) => path.slice(path.lastIndexOf('.')) === mentioned.slice(mentioned.lastIndexOf('.')));
    if (paths.length > mostFiles['file-name']) return [];
    return paths.map((path) =>
      hit('file-name', path, 1 / paths.length, `the goal mentions ${mentioned}`, line === undefined ? undefined : around(corpus, path, line)),
    );
  });
}

/** `docker compose` is `docker-compose.yml`: configuration is called by its name, spoken, and shares few other words with a goal. */
function configuration(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  const spoken = ` ${query.wordList.join(' ')} `;
  const named = corpus.documents.filter(({ kind, stem }) => kind === 'config' && stem.length > 1 && spoken.includes(` ${stem.join(' ')} `));
  return named.length > mostFiles['file-name'] ? [] : named.map(({ path, stem }) => hit('file-name', path, 1 / named.length, `the goal says "${stem.join(' ')}"`));
}

/** Components by file name, everything else by definition. */
function names(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  const defined = definitionsOf(corpus, new Set(query.identifiers));
  return query.identifiers.flatMap((name) => {
    const components = (corpus.stems.get(name.toLowerCase()) ?? []).filter((path) => pathKind(path) === 'source' && stemOf(path) === name);
    if (/^[A-Z]/.test(name) && components.length > 0 && components.length <= mostFiles.component) {
      return components.map((path) => hit('component', path, 1 / components.length, `${name} is the file's name`));
    }
    const found = defined.get(name) ?? [];
    if (found.length > mostFiles.symbol) return [];
    return found.map(({ path, focus }) => hit('symbol', path, 1 / found.length, `defines ${name}`, focus));
  });
}

function definitionsOf(corpus: Corpus, wanted: ReadonlySet<string>): ReadonlyMap<string, readonly { path: string; focus: [number, number] }[]> {
  const found = new Map<string, { path: string; focus: [number, number] }[]>();
  for (const { path, index } of corpus.documents) {
    for (const [name, start, end] of index.definitions) {
      if (!wanted.has(name)) continue;
      const known = found.get(name) ?? [];
      if (known.some((one) => one.path === path)) continue;
      found.set(name, [...known, { path, focus: [start, end] }]);
    }
  }
  return found;
}

function routes(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  if (query.routes.length === 0) return [];
  const mounts = readMounts(corpus.files);
  const handlers = readHandlers(corpus.files, mounts).filter(({ path }) => pathKind(path) === 'source');
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

function bestHandlers(handlers: readonly Handler[], method: string | undefined, requested: string): readonly Handler[] {
  const scored = handlers.flatMap((handler) => {
    const literal = matchRoute(handler.route, requested);
    const agrees = method === undefined || handler.method === method || handler.method === 'ALL';
    return literal === undefined || literal === 0 || !agrees ? [] : [{ handler, literal }];
  });
  const best = Math.max(0, ...scored.map(({ literal }) => literal));
  return scored.filter(({ literal }) => literal === best).map(({ handler }) => handler).slice(0, 6);
}

function handlerEvidence(handler: Handler, label: string, count: number): readonly Evidence[] {
  const detail = `${label} is answered by ${handler.method} ${handler.route} at ${handler.path}:${handler.start}`;
  const own = hit('route', handler.path, 1 / count, detail, [handler.start, handler.end]);
  const { mount } = handler;
  if (mount === undefined) return [own];
  return [own, hit('mount', mount.mountedIn, 1 / count, `mounts ${mount.prefix} for ${label}`, [mount.line, mount.line])];
}

function logPrefixes(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  return query.logPrefixes.flatMap((prefix) => {
    const found = corpus.documents.filter(({ index }) => index.logPrefixes.some(([known]) => known === prefix));
    if (found.length > mostFiles['log-prefix']) return [];
    return found.map(({ path }) => hit('log-prefix', path, 1 / found.length, `logs with the prefix ${prefix}`));
  });
}

/** Quoted text inside a literal, or a whole literal inside the goal's text. */
function phrases(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  const found = new Map<string, { path: string; line: number }[]>();
  const openings = new Set(pairsOf(query.text));
  for (const { path, index, kind } of corpus.documents) {
    if (kind !== 'source') continue;
    for (const [phrase, line] of index.phrases) {
      const quote = query.quotes.find((one) => phrase.includes(one));
      const whole = phrase.length >= 12 && openings.has(opening(phrase)) && query.text.includes(phrase) ? phrase : undefined;
      const key = quote ?? whole;
      if (key !== undefined) found.set(key, [...(found.get(key) ?? []), { path, line }]);
    }
  }
  return [...found].flatMap(([phrase, places]) => phraseEvidence(corpus, phrase, places));
}

function phraseEvidence(corpus: Corpus, phrase: string, places: readonly { path: string; line: number }[]): readonly Evidence[] {
  const paths = new Set(places.map(({ path }) => path));
  if (paths.size > mostFiles['ui-string']) return [];
  return [...paths].map((path) => {
    const line = places.find((place) => place.path === path)?.line ?? 1;
    return hit('ui-string', path, 1 / paths.size, `contains "${phrase}" at line ${line}`, around(corpus, path, line));
  });
}

/** Its first two words. */
function opening(phrase: string): string {
  const second = phrase.indexOf(' ', phrase.indexOf(' ') + 1);
  return second === -1 ? phrase : phrase.slice(0, second);
}

function pairsOf(text: string): readonly string[] {
  const words = text.split(' ').map((word) => word.replace(/^["'“`([]+/, ''));
  return words.slice(1).map((word, before) => `${words[before] ?? ''} ${word}`);
}

/** A mention in code. What the register calls the bug is searched for like the words of the goal. */
function bugs(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  return query.bugIds.flatMap((id) =>
    [...corpus.files].flatMap(([path, { bugIds }]) => {
      const entries = bugIds.filter(([known]) => known === id);
      if (entries.length === 0 || pathKind(path) !== 'source') return [];
      return entries.slice(0, 1).map(([, start]) => hit('bug-id', path, 0.5, `mentions ${id} at line ${start}`, around(corpus, path, start)));
    }),
  );
}

function tables(corpus: Corpus, query: GoalQuery): readonly Evidence[] {
  const snake = new Set(query.identifiers.filter((name) => name.includes('_')).map((name) => name.toLowerCase()));
  if (snake.size === 0) return [];
  return [...snake].flatMap((name) => {
    const users = corpus.documents.filter(({ index }) => index.tables.some(([table]) => table === name));
    if (users.length > mostFiles.table) return [];
    return users.map(({ path, index }) => {
      const line = index.tables.find(([table]) => table === name)?.[1] ?? 1;
      return hit('table', path, 1, `uses the table ${name} at line ${line}`, around(corpus, path, line));
    });
  });
}

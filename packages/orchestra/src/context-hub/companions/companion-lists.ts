import type { RankedFile, Reason } from '../../model';
import type { Corpus, Document } from '../corpus';
import { textFields } from '../file-index';
import { importersOf, importGraph, type ImportEdge } from '../import-graph';
import { readHandlers, readMounts, routersIn, type Handler } from '../mount-table';
import { postingFinder } from '../postings';
import type { HistoryCommit } from '../score-history';
import { findCompounds, splitWords } from '../split-words';
import { pathKind, stemOf } from '../path-kind';
import type { ReadChange } from './read-change';

/** How a companion is found; also how figures are split. */
export const companionKinds = ['contract', 'reference', 'definition', 'clone', 'route', 'shared-names', 'twin', 'co-change', 'goal'] as const;
export type CompanionKind = (typeof companionKinds)[number];

/** Path → strength, and the sentence a person can check. */
export type CompanionList = ReadonlyMap<string, { readonly score: number; readonly reason: Reason }>;

type Found = Map<string, { score: number; reason: Reason }>;

function note(found: Found, path: string, score: number, reason: Reason): void {
  const known = found.get(path);
  if (known === undefined) found.set(path, { score, reason });
  else known.score += score;
}

/** Files that import what the edit changed: by another signature first, by another body after it. */
export function usersOf(corpus: Corpus, change: ReadChange, names: ReadonlySet<string>, kind: 'contract' | 'reference'): CompanionList {
  const found: Found = new Map();
  for (const { to, names: imported, line } of importersThroughBarrels(corpus, change.path)) {
    const used = imported.filter((name) => names.has(name));
    const verb = kind === 'contract' ? 'whose signature changed' : 'which the edit touches';
    if (used.length > 0) note(found, to, used.length, { kind: 'caller', detail: `imports ${used.join(', ')} of ${change.path}, ${verb} (line ${line})` });
    else if (kind === 'reference') note(found, to, 0.3, { kind: 'import', detail: `imports ${change.path} (line ${line})` });
  }
  return found;
}

const mostBarrels = 2;

/** Importers, and importers of the files that pass everything on: `export … from` brings no local name in. */
function importersThroughBarrels(corpus: Corpus, path: string): readonly ImportEdge[] {
  const importers = importersOf(importGraph(corpus.files));
  const found = [...(importers.get(path) ?? [])];
  let barrels = found;
  for (let hop = 0; hop < mostBarrels; hop += 1) {
    barrels = barrels.filter(({ names }) => names.length === 0).flatMap(({ to }) => importers.get(to) ?? []);
    found.push(...barrels.filter(({ to }) => to !== path));
  }
  return found;
}

/** Files that define what the changed lines use: types, DTOs, helpers one layer below. */
export function definitionsOf(corpus: Corpus, change: ReadChange): CompanionList {
  const found: Found = new Map();
  for (const { to, names } of importGraph(corpus.files).get(change.path) ?? []) {
    const used = names.filter((name) => change.names.has(name));
    if (used.length > 0) note(found, to, used.length, { kind: 'callee', detail: `the changed lines of ${change.path} use ${used.join(', ')} of it` });
  }
  return found;
}

const mostSharing = 25;

/** Files that hold the rare names of the changed lines, whether or not an import connects them. */
export function sharersOf(corpus: Corpus, change: ReadChange): CompanionList {
  const found: Found = new Map();
  const text = [...change.removed, ...change.added].join('\n');
  const words = new Set([...findCompounds(text), ...(text.match(/[A-Za-z_$][\w$]{5,}/g) ?? []).flatMap((name) => splitWords(name)).filter((word) => word.length > 5)]);
  for (const word of words) {
    const find = postingFinder(word);
    const holders = corpus.documents.filter(({ path, index }) => path !== change.path && find(index) !== undefined);
    if (holders.length === 0 || holders.length > mostSharing) continue;
    const rarity = Math.log(corpus.documents.length / holders.length);
    for (const { path } of holders) note(found, path, rarity, { kind: 'symbol', detail: `shares rare names with the changed lines of ${change.path}, e.g. ${word}` });
  }
  return found;
}

/** Shorter lines stand everywhere: `return res.json(data);`. */
const tellingLine = 28;

/** Lines of the old text that stand in other files word for word: the same fault may be there. */
export function clonesOf(texts: ReadonlyMap<string, string>, change: ReadChange): CompanionList {
  const found: Found = new Map();
  const wanted = new Set(change.removed.map((line) => line.trim()).filter((line) => line.length >= tellingLine && !/^(?:import|\/\/|\*|export \* )/.test(line)));
  if (wanted.size === 0) return found;
  for (const [path, text] of texts) {
    if (path === change.path) continue;
    const lines = text.split('\n').map((line) => line.trim());
    const held = new Set(lines.filter((line) => wanted.has(line)));
    if (held.size === 0) continue;
    const first = lines.findIndex((line) => wanted.has(line)) + 1;
    note(found, path, held.size, { kind: 'companion', detail: `holds ${held.size} of the lines that the edit removed from ${change.path}, first at line ${first}` });
  }
  return found;
}

function handlersIn({ files }: Corpus): readonly Handler[] {
  const routers = routersIn(files);
  return readHandlers(routers, readMounts(routers));
}

/** Who calls the routes that the edit touches, by the literal parts of their full paths; and the handlers of the routes it calls. */
export function routePartnersOf(corpus: Corpus, texts: ReadonlyMap<string, string>, change: ReadChange): CompanionList {
  const found: Found = new Map();
  const handlers = handlersIn(corpus);
  for (const route of touchedRoutes(corpus, handlers, change)) {
    for (const [path, text] of texts) if (path !== change.path && text.includes(route)) note(found, path, 1, { kind: 'caller', detail: `calls ${route}, whose handler in ${change.path} the edit touches` });
  }
  const called = [...change.removed, ...change.added].flatMap((line) => line.match(/\/[a-z][\w-]*(?:\/[\w-]+)+/g) ?? []);
  for (const url of new Set(called)) {
    for (const { path, route } of handlers.filter((handler) => handler.path !== change.path && reaches(url, literalPart(handler.route)))) {
      note(found, path, 1, { kind: 'route', detail: `answers ${route}, which the changed lines of ${change.path} call` });
    }
  }
  return found;
}

/** Files whose literals hold every word of a touched route: the ones worth reading for it. */
export function possibleCallers(corpus: Corpus, change: ReadChange): readonly string[] {
  if (change.routes.length === 0) return [];
  const routes = touchedRoutes(corpus, handlersIn(corpus), change).map((route) => splitWords(route).map(postingFinder));
  const inStrings = textFields.indexOf('strings');
  const speaks = ({ index }: Document): boolean => routes.some((words) => words.length > 0 && words.every((find) => (find(index)?.byField[inStrings] ?? 0) > 0));
  return corpus.documents.filter((document) => document.path !== change.path && speaks(document)).map(({ path }) => path);
}

const shortestRoute = 6;

function touchedRoutes(corpus: Corpus, handlers: readonly Handler[], change: ReadChange): readonly string[] {
  const touched = handlers.filter(({ path, method, start }) => path === change.path && change.routes.some((route) => route.method === method && isRouteAt(corpus, path, route, start)));
  return [...new Set(touched.map(({ route }) => literalPart(route)))].filter((route) => route.length >= shortestRoute);
}

function reaches(url: string, literal: string): boolean {
  return literal !== '' && (url === literal || url.startsWith(`${literal}/`));
}

function isRouteAt(corpus: Corpus, path: string, route: ReadChange['routes'][number], start: number): boolean {
  return corpus.files.get(path)?.routes.some((known) => known.start === start && known.path === route.path && known.method === route.method) ?? false;
}

/** `/api/contacts/:id/notes` → `/api/contacts`: what a caller writes before its first variable. */
function literalPart(route: string): string {
  return route.split(/\/[:*{<]/)[0] ?? route;
}

/** Files of the same name elsewhere, or another version or part of it: `contacts.v2.ts` beside `contacts.ts`. */
export function twinsOf(corpus: Corpus, change: ReadChange): CompanionList {
  const found: Found = new Map();
  const own = new Set(splitWords(stemOf(change.path)));
  const folder = change.path.slice(0, change.path.lastIndexOf('/'));
  for (const { path, stem } of corpus.documents) {
    if (path === change.path || own.size === 0) continue;
    const theirs = new Set(stem);
    const shared = [...theirs].filter((word) => own.has(word)).length;
    const likeness = shared / (own.size + theirs.size - shared);
    const beside = path.slice(0, path.lastIndexOf('/')) === folder ? 0.1 : 0;
    if (likeness >= 0.5) note(found, path, likeness + beside, { kind: 'companion', detail: `named like ${change.path}` });
  }
  return found;
}

/** A commit of more files says little about which of them belong together. */
const mostTogether = 20;
/** As if every file had been changed alone this often: two commits are no habit. */
const smoothing = 3;

/** Files that past commits changed together with it. */
export function changedTogetherWith(history: readonly HistoryCommit[], change: ReadChange): CompanionList {
  const found: Found = new Map();
  const commits = history.filter(({ files }) => files.length > 1 && files.length <= mostTogether && files.includes(change.path));
  const counts = new Map<string, number>();
  for (const { files } of commits) for (const file of files) if (file !== change.path && pathKind(file) === 'source') counts.set(file, (counts.get(file) ?? 0) + 1 / Math.sqrt(files.length - 1));
  for (const [path, weight] of counts) {
    const together = commits.filter(({ files }) => files.includes(path)).length;
    note(found, path, weight / (commits.length + smoothing), { kind: 'similar-commit', detail: `changed together with ${change.path} in ${together} of its last ${commits.length} commits` });
  }
  return found;
}

/** What the goal itself pointed at and nobody edited. */
export function leftOver(ranked: readonly RankedFile[], change: ReadChange): CompanionList {
  const most = 30;
  return new Map(ranked.slice(0, most).filter(({ path }) => path !== change.path).map(({ path, because }, rank) => [path, { score: most - rank, reason: because[0] ?? { kind: 'text', detail: 'matches the goal' } }] as const));
}

import type { RankedFile, Reason } from '../../model';
import { buildCorpus, type Corpus } from '../corpus';
import type { FileIndex } from '../file-index';
import type { HistoryCommit } from '../score-history';
import {
  changedTogetherWith, clonesOf, definitionsOf, leftOver, possibleCallers, routePartnersOf, sharersOf, twinsOf, usersOf, type CompanionKind, type CompanionList,
} from './companion-lists';
import { readChange, type EditedFile, type ReadChange } from './read-change';

export interface CompanionInput {
  readonly edits: readonly EditedFile[];
  /** Of the tree before the edits. */
  readonly indexes: ReadonlyMap<string, FileIndex>;
  readonly history: readonly HistoryCommit[];
  /** The goal's ranking. */
  readonly ranked: readonly RankedFile[];
  /** Texts of `companionCandidates`, before the edits. */
  readonly texts: ReadonlyMap<string, string>;
}

/** A file that the edits leave alone and that may have to follow them. */
export interface Companion {
  readonly path: string;
  readonly score: number;
  /** How it was found, strongest first. */
  readonly kinds: readonly CompanionKind[];
  readonly because: readonly Reason[];
  /** Not only alike: it uses what got another signature, or holds several of the lines that were removed. */
  readonly demanded: boolean;
}

/**
 * What the goal itself pointed at weighs most: a goal of several files mostly speaks of all of them. Fitted on fixes that no figure
 * is quoted for (docs/decisions/0007-ranking-and-packing.md).
 */
const weights: Readonly<Record<CompanionKind, number>> = {
  contract: 1.5, reference: 1, definition: 1, clone: 1.5, route: 1, 'shared-names': 1, twin: 0.7, 'co-change': 1, goal: 3,
};
const halfAt = 5;
const mostTexts = 60;

/** Paths whose texts are compared line by line: those that share the rarest names with the edits, or may call their routes. */
export function companionCandidates(input: Omit<CompanionInput, 'texts'>): readonly string[] {
  const corpus = buildCorpus(input.indexes);
  const paths = input.edits.flatMap((edit) => {
    const change = readChange(edit, input.indexes.get(edit.path));
    return [...byScore(sharersOf(corpus, change)).slice(0, mostTexts), ...possibleCallers(corpus, change).slice(0, mostTexts)];
  });
  return [...new Set(paths)].sort();
}

/** Best first, the edited files themselves left out. Tests are not among them: the Test specialist looks for those. */
export function findCompanions(input: CompanionInput): readonly Companion[] {
  const corpus = buildCorpus(input.indexes);
  const edited = new Set(input.edits.map(({ path }) => path));
  const rankable = new Set(corpus.documents.map(({ path }) => path));
  const totals = new Map<string, { score: number; parts: { kind: CompanionKind; share: number; strength: number; reason: Reason }[] }>();
  for (const edit of input.edits) {
    for (const [kind, list] of listsOf(corpus, input, readChange(edit, input.indexes.get(edit.path)))) {
      for (const [rank, path] of byScore(list).entries()) {
        const entry = list.get(path);
        if (entry === undefined || edited.has(path) || !rankable.has(path)) continue;
        const share = (weights[kind] * halfAt) / (halfAt + rank);
        const total = totals.get(path) ?? { score: 0, parts: [] };
        total.score += share;
        total.parts.push({ kind, share, strength: entry.score, reason: entry.reason });
        totals.set(path, total);
      }
    }
  }
  return [...totals]
    .map(([path, { score, parts }]) => {
      const strongest = [...parts].sort((a, b) => Number(demands(b)) - Number(demands(a)) || b.share - a.share);
      return { path, score, kinds: [...new Set(strongest.map(({ kind }) => kind))], because: strongest.map(({ reason }) => reason), demanded: parts.some(demands) };
    })
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}

const severalLines = 2;

function demands({ kind, strength }: { readonly kind: CompanionKind; readonly strength: number }): boolean {
  return kind === 'contract' || (kind === 'clone' && strength >= severalLines);
}

function listsOf(corpus: Corpus, { history, ranked, texts }: CompanionInput, change: ReadChange): readonly (readonly [CompanionKind, CompanionList])[] {
  return [
    ['contract', usersOf(corpus, change, change.contracts, 'contract')], ['reference', usersOf(corpus, change, change.declarations, 'reference')],
    ['definition', definitionsOf(corpus, change)], ['clone', clonesOf(texts, change)], ['route', routePartnersOf(corpus, texts, change)],
    ['shared-names', sharersOf(corpus, change)], ['twin', twinsOf(corpus, change)], ['co-change', changedTogetherWith(history, change)], ['goal', leftOver(ranked, change)],
  ];
}

function byScore(list: CompanionList): readonly string[] {
  return [...list].sort(([a, first], [b, second]) => second.score - first.score || (a < b ? -1 : 1)).map(([path]) => path);
}

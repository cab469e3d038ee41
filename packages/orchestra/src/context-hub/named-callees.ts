import type { OrchestrationGoal, RankedFile } from '../model';
import type { Corpus } from './corpus';
import { importersOf, importGraph, type ImportGraph } from './import-graph';
import { readGoal } from './read-goal';
import type { RelatedFile } from './select-files';
import { splitWords } from './split-words';
import { stemOf } from './path-kind';

const most = 4;
/** Of the rarity of the words of its name, what the goal must hold. */
const leastShare = 0.4;

interface Named {
  readonly path: string;
  readonly share: number;
  readonly said: readonly string[];
  readonly users: readonly string[];
}

/**
 * What the looked-at files use and the goal calls by a part of its name, and what those use in turn: the "phone" of a page's table is drawn by
 * `PhoneDisplay` in `ContactTable`, a small file that shares no other word with the goal. Best is what several of them use and few others do.
 */
export function namedCallees(corpus: Corpus, goal: OrchestrationGoal, sources: readonly RankedFile[]): readonly RelatedFile[] {
  const { words } = readGoal(goal);
  const graph = importGraph(corpus.files);
  const looked = sources.map(({ path }) => path);
  const near = namedBy(corpus, graph, words, looked, looked);
  const all = namedBy(corpus, graph, words, [...looked, ...near.map(({ path }) => path)], looked);
  const importers = importersOf(graph);
  const worth = ({ path, share, users }: Named): number => (share * users.length) / Math.sqrt(importers.get(path)?.length ?? 1);
  return all
    .sort((a, b) => worth(b) - worth(a) || (a.path < b.path ? -1 : 1))
    .slice(0, most)
    .map(({ path, share, users, said }) => ({
      path, of: users[0] ?? '', closeness: share, because: { kind: 'callee' as const, detail: `${users.join(', ')} ${users.length === 1 ? 'uses' : 'use'} it, and the goal says ${said.join(' ')}` },
    }));
}

function namedBy(corpus: Corpus, graph: ImportGraph, words: ReadonlyMap<string, number>, users: readonly string[], known: readonly string[]): Named[] {
  const found = new Map<string, string[]>();
  for (const user of users) {
    for (const path of new Set((graph.get(user) ?? []).map(({ to }) => to))) {
      if (!known.includes(path)) found.set(path, [...(found.get(path) ?? []), user]);
    }
  }
  return [...found].map(([path, by]) => ({ path, users: by, ...shareOfName(corpus, path, words) })).filter(({ share }) => share >= leastShare);
}

/** A name that the goal holds whole has a list of its own in the ranking; here a part of it is enough. */
function shareOfName({ documents, wordsOfPaths }: Corpus, path: string, words: ReadonlyMap<string, number>): { readonly share: number; readonly said: readonly string[] } {
  const stem = splitWords(stemOf(path));
  const rarity = (word: string): number => Math.log(documents.length / (wordsOfPaths.get(word)?.length ?? 1));
  const said = stem.filter((word) => words.has(word));
  const all = stem.reduce((sum, word) => sum + rarity(word), 0);
  return { said, share: all === 0 ? 0 : said.reduce((sum, word) => sum + rarity(word), 0) / all };
}

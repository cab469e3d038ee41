import { importGraph, importersOf } from './import-graph';
import type { FileIndex } from './file-index';

const follow = 0.7;
const rounds = 8;
const seeds = 50;

/** Personalised PageRank over imports, both ways, seeded by the text scores: what stands in for history where there is none. */
export function scoreImports(files: ReadonlyMap<string, FileIndex>, text: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const graph = importGraph(files);
  const importers = importersOf(graph);
  const seed = normalised(text);
  let scores: ReadonlyMap<string, number> = seed;
  for (let round = 0; round < rounds; round += 1) {
    const next = new Map([...seed].map(([path, share]) => [path, share * (1 - follow)] as const));
    for (const [path, score] of scores) {
      const neighbours = [...(graph.get(path) ?? []), ...(importers.get(path) ?? [])];
      for (const { to } of neighbours) next.set(to, (next.get(to) ?? 0) + (follow * score) / neighbours.length);
    }
    scores = next;
  }
  return scores;
}

function normalised(text: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const best = [...text].filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, seeds);
  const total = best.reduce((sum, [, score]) => sum + score, 0);
  return new Map(best.map(([path, score]) => [path, score / total] as const));
}

import type { OrchestrationGoal } from '../../model';
import { buildSegment } from '../build-segment';
import type { FileIndex } from '../file-index';
import { lookForEvidence } from '../look-for-evidence';
import { joinLinks, linkSegments } from '../links-of';
import type { RankingInput } from '../rank-files';
import { joinSegments, type TreeIndex } from '../tree-index';

/** @param lengthOfRun files of each segment */
export function treeOf(files: ReadonlyMap<string, FileIndex>, lengthOfRun = 3): TreeIndex {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const runs = Array.from({ length: Math.ceil(sorted.length / lengthOfRun) }, (_, at) => sorted.slice(at * lengthOfRun, (at + 1) * lengthOfRun));
  const segments = runs.map(buildSegment);
  const joined = joinSegments(segments);
  return { ...joined, links: joinLinks(linkSegments(joined, segments)) };
}

/** What `rankFiles` needs of files for a goal. */
export function rankedFrom(files: ReadonlyMap<string, FileIndex>, goal: OrchestrationGoal): Pick<RankingInput, 'goal' | 'tree' | 'evidence'> {
  const tree = treeOf(files);
  return { goal, tree, evidence: lookForEvidence(goal, tree, files).evidence };
}

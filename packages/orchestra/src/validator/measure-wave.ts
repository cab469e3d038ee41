import type { Evidence, FileSize, ProofSummary, WaveMeasures } from '../model';
import { matchesGlobs } from '../patch/matches-globs';
import { needsProof } from './checks/proof';
import { classifyPath } from './classify-path';
import { fixOf } from './fix-of';
import { judgeProof } from './judge-proof';
import { measureChange } from './measure-change';

/** The facts a report shows beside the findings. Pure, and the same numbers the checks went by. */
export function measureWave(evidence: Evidence): WaveMeasures {
  const { files, actual } = measureChange(evidence);
  const tests = files.filter((file) => classifyPath(file.path, evidence.policy) === 'test');
  return {
    files: [...files],
    testsAdded: tests.filter((file) => file.status === 'added').map((file) => file.path),
    testsUpdated: tests.filter((file) => file.status === 'modified' || file.status === 'renamed').map((file) => file.path),
    actual,
    proof: summariseProof(evidence),
    canonicalDocs: governing(evidence, files),
  };
}

function summariseProof(evidence: Evidence): ProofSummary {
  if (evidence.proof !== undefined) return judgeProof(evidence.proof, evidence.kind, fixOf(evidence)).summary;
  return needsProof(evidence)
    ? { status: 'not-proved', tests: [], headRuns: 0, because: 'No test was run on base and on head.' }
    : { status: 'not-applicable', tests: [], headRuns: 0, because: `This ${evidence.kind} needs no red-green proof.` };
}

/** Documents without globs govern everything. */
function governing({ policy }: Evidence, files: readonly FileSize[]): { path: string; title: string }[] {
  return policy.canonicalDocs
    .filter(({ appliesTo }) => appliesTo === undefined || files.some((file) => matchesGlobs(file.path, appliesTo)))
    .map(({ path, title }) => ({ path, title }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

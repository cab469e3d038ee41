import type { Evidence, Finding } from '../../model';
import { classifyPath, withoutRecords } from '../classify-path';
import { defineCheck, evidenceMissing, type FindingMaker } from '../define-check';
import { fixOf } from '../fix-of';
import { judgeProof } from '../judge-proof';

/** A bugfix carries a test that was red on base and is green on head; both were run here, not told. */
export const proof = defineCheck({
  name: 'proof',
  onlyWhenPlanned: true,
  rules: [
    'regression-test-missing', 'red-not-proved', 'red-timed-out', 'green-not-proved', 'green-not-repeated', 'runner-unsupported', 'evidence-missing',
  ],
  needs: [],
  appliesTo: (evidence) => needsProof(evidence) || evidence.proof !== undefined,
  judge: (evidence, find) => {
    if (evidence.proof !== undefined) return judgeProof(evidence.proof, evidence.kind, fixOf(evidence)).findings;
    return testsChanged(evidence) ? [evidenceMissing(find, 'proof')] : [noTest(evidence, find)];
  },
});

/** A bugfix that touches nothing but prose and tests has nothing a red test could show. */
export function needsProof(evidence: Evidence): boolean {
  const classes = withoutRecords(evidence.changes, evidence.policy).map((change) => classifyPath(change.path, evidence.policy));
  return evidence.kind === 'bugfix' && classes.some((kind) => kind === 'production' || kind === 'lock');
}

function testsChanged(evidence: Evidence): boolean {
  return evidence.changes.some((change) => change.status !== 'deleted' && classifyPath(change.path, evidence.policy) === 'test');
}

function noTest(evidence: Evidence, find: FindingMaker): Finding {
  return find('regression-test-missing', { because: 'The bugfix adds or changes no test.', data: { tests: evidence.policy.tests } });
}

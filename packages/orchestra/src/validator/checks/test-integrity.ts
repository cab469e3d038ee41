import type { ChangedFile, Evidence, Finding } from '../../model';
import { anyCasts } from '../../syntax/any-casts';
import { withoutRecords } from '../classify-path';
import { addedSuppressions } from '../count-suppressions';
import { defineCheck, type FindingMaker } from '../define-check';
import { loweredThresholds } from '../lowered-thresholds';
import { productionFiles } from '../production-files';
import { rewrittenSnapshots } from '../rewritten-snapshots';
import { testRules } from '../rules/built-in-rules';
import { rulesCheck } from '../rules-check';

const tests = rulesCheck('test-integrity', testRules);

/** The tests of head say at least as much as those of base, and nobody told the tools to look away. */
export const testIntegrity = defineCheck({
  name: 'test-integrity',
  scope: 'texts',
  core: true,
  rules: [...tests.rules, 'snapshot-rewritten', 'threshold-lowered', 'suppression-added', 'type-hole-added'],
  needs: [],
  judge: (evidence, find) => {
    const changes = withoutRecords(evidence.changes, evidence.policy);
    const production = productionFiles(changes, evidence.policy);
    return [
      ...tests.judge(evidence).map((finding) => explained(finding, evidence)),
      ...rewrittenSnapshots(changes, evidence.policy).map(({ path, name, gone }) =>
        find('snapshot-rewritten', { subject: { path, where: name }, because: `The snapshot "${name}" ${gone ? 'is gone' : 'says something else'}.` }),
      ),
      ...loweredThresholds(changes).map(({ path, line, because }) => find('threshold-lowered', { subject: { path, range: [line, line] }, because })),
      ...addedSuppressions(changes).map(({ path, line, text }) => suppression(path, line, text, production.has(path), find)),
      ...changes.filter((change) => production.has(change.path)).flatMap((change) => typeHoles(change, find)),
    ];
  },
});

/** In a test it hides a wrong type or a style, not a fault. */
function suppression(path: string, line: number, text: string, production: boolean, find: FindingMaker): Finding {
  return find('suppression-added', { subject: { path, range: [line, line] }, because: `"${text}" is new.`, data: { text }, ...(production ? {} : { severity: 'warn' as const }) });
}

/** A feature may change the tests that stood before it when its notes say why; then a person reads them. */
function explained(finding: Finding, evidence: Evidence): Finding {
  const justified = (evidence.notes ?? []).some((notes) => (notes.justification ?? '').trim() !== '');
  return evidence.kind === 'feature' && justified && finding.severity === 'block' ? { ...finding, severity: 'person' } : finding;
}

/** Production only: a test may lie about a type to hand in what the type forbids. */
function typeHoles(change: ChangedFile, find: FindingMaker): readonly Finding[] {
  const { path, previousPath, base, head } = change;
  if (typeof head !== 'string') return [];
  const before = typeof base === 'string' ? anyCasts(previousPath ?? path, base).length : 0;
  const lines = anyCasts(path, head);
  const [first] = lines;
  if (first === undefined || lines.length <= before) return [];
  return [find('type-hole-added', { subject: { path, range: [first, first] }, because: `${path} casts types away ${lines.length} times instead of ${before}.`, data: { lines, before } })];
}

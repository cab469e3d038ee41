import type { ChangedFile, Evidence, Finding, Severity } from '../../model';
import { anyCasts } from '../../syntax/any-casts';
import { classifyPath, withoutRecords } from '../classify-path';
import { compareTests, type LossKind, type TestLoss } from '../compare-tests';
import { addedSuppressions } from '../count-suppressions';
import { defineCheck, type FindingMaker } from '../define-check';
import type { FindingRule } from '../finding-catalogue';
import { loweredThresholds } from '../lowered-thresholds';
import { rewrittenSnapshots } from '../rewritten-snapshots';

/** The tests of head say at least as much as those of base, and nobody told the tools to look away. */
export const testIntegrity = defineCheck({
  name: 'test-integrity',
  rules: ['test-weakened', 'test-skip-conditional', 'snapshot-rewritten', 'threshold-lowered', 'suppression-added', 'type-hole-added', 'unread-change'],
  needs: [],
  judge: (evidence, find) => {
    const changes = withoutRecords(evidence.changes, evidence.policy);
    return [
      ...compareTests(changes, evidence.policy).map((loss) => describeLoss(loss, evidence, find)),
      ...rewrittenSnapshots(changes, evidence.policy).map(({ path, name, gone }) =>
        find('snapshot-rewritten', { subject: { path, where: name }, because: `The snapshot "${name}" ${gone ? 'is gone' : 'says something else'}.` }),
      ),
      ...loweredThresholds(changes).map(({ path, line, because }) => find('threshold-lowered', { subject: { path, range: [line, line] }, because })),
      ...addedSuppressions(changes).map(({ path, line, text }) => find('suppression-added', { subject: { path, range: [line, line] }, because: `"${text}" is new.`, data: { text } })),
      ...changes.flatMap((change) => typeHoles(change, evidence, find)),
    ];
  },
});

/** Where it differs from the default of the rule: [bugfix, feature, change]. */
const severities: Partial<Record<LossKind, readonly [Severity, Severity, Severity]>> = {
  'deleted-with-subject': ['block', 'warn', 'warn'],
  moved: ['person', 'info', 'info'],
  'asserts-nothing': ['warn', 'warn', 'warn'],
  'born-skipped': ['warn', 'warn', 'warn'],
  'timeout-raised': ['block', 'warn', 'warn'],
  'skipped-if': ['person', 'warn', 'warn'],
};

function describeLoss(loss: TestLoss, evidence: Evidence, find: FindingMaker): Finding {
  const { kind, path, test, range, because } = loss;
  const severity = severityOf(kind, evidence);
  return find(ruleOf(kind), {
    subject: { path, ...(test === undefined ? {} : { where: test }), ...(range === undefined ? {} : { range: [...range] }) },
    because,
    data: { how: kind },
    ...(severity === undefined ? {} : { severity }),
  });
}

function ruleOf(kind: LossKind): FindingRule {
  if (kind === 'unreadable') return 'unread-change';
  return kind === 'skipped-if' ? 'test-skip-conditional' : 'test-weakened';
}

/** A feature may change the tests that stood before it when its notes say why; then a person reads them. */
function severityOf(kind: LossKind, evidence: Evidence): Severity | undefined {
  const row = severities[kind];
  if (row !== undefined) return row[evidence.kind === 'bugfix' ? 0 : evidence.kind === 'feature' ? 1 : 2];
  const explained = (evidence.notes ?? []).some((notes) => (notes.justification ?? '').trim() !== '');
  return kind !== 'unreadable' && evidence.kind === 'feature' && explained ? 'person' : undefined;
}

/** Production only: a test may lie about a type to hand in what the type forbids. */
function typeHoles(change: ChangedFile, evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const { path, previousPath, base, head } = change;
  if (typeof head !== 'string' || classifyPath(path, evidence.policy) !== 'production') return [];
  const before = typeof base === 'string' ? anyCasts(previousPath ?? path, base).length : 0;
  const lines = anyCasts(path, head);
  const [first] = lines;
  if (first === undefined || lines.length <= before) return [];
  return [find('type-hole-added', { subject: { path, range: [first, first] }, because: `${path} casts types away ${lines.length} times instead of ${before}.`, data: { lines, before } })];
}

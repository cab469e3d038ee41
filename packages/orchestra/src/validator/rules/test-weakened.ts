import type { Severity } from '../../model';
import { compareTests, type LossKind, type TestLoss } from '../compare-tests';
import { defineRule, type RuleLoss } from '../define-rule';
import type { EvidenceKind } from '../finding-catalogue';

/** Where it differs from the default of the rule: [bugfix, feature, change]. */
const severities: Partial<Record<LossKind, readonly [Severity, Severity, Severity]>> = {
  'deleted-with-subject': ['block', 'warn', 'warn'],
  moved: ['person', 'info', 'info'],
  'file-out-of-sight': ['person', 'person', 'person'],
  'asserts-nothing': ['warn', 'warn', 'warn'],
  'born-skipped': ['warn', 'warn', 'warn'],
  'timeout-raised': ['block', 'warn', 'warn'],
  'skipped-if': ['person', 'warn', 'warn'],
  'expect-imported': ['person', 'person', 'person'],
  'subject-mocked': ['block', 'person', 'person'],
  'fix-mocked': ['person', 'warn', 'warn'],
  'asserts-existence': ['warn', 'info', 'info'],
  'proves-existence': ['person', 'warn', 'warn'],
  'expectation-changed': ['person', 'info', 'info'],
  'helper-emptied': ['block', 'person', 'person'],
  'fixture-emptied': ['person', 'warn', 'warn'],
  'runner-narrowed': ['block', 'person', 'person'],
  retried: ['block', 'person', 'person'],
  unreadable: ['person', 'person', 'person'],
};

/** A test that says less than before. Assertions are compared, not calls of `test`. */
export const testWeakened = defineRule<undefined>({
  name: 'test-weakened',
  family: 'test',
  settings: () => undefined,
  looksAt: () => true,
  losses: (pairs, _settings, kind, policy) => inOne(compareTests(pairs.map((pair) => pair.change), policy)).map((loss) => describe(loss, kind)),
});

/** More of them in one file are one decision, and read as one. */
const toldApart = 3;

/** One condition put before a whole file is one thing to know, not one per test. */
function inOne(losses: readonly TestLoss[]): readonly TestLoss[] {
  const conditional = losses.filter(({ kind }) => kind === 'skipped-if');
  const crowded = [...new Set(conditional.map(({ path }) => path))].filter((path) => conditional.filter((loss) => loss.path === path).length > toldApart);
  const together = crowded.map((path): TestLoss => {
    const titles = conditional.filter((loss) => loss.path === path).map(({ test }) => `"${test}"`);
    return { kind: 'skipped-if', path, because: `${titles.length} tests of ${path} are now skipped under a condition, ${titles.slice(0, toldApart).join(', ')} among them.` };
  });
  return [...losses.filter(({ kind, path }) => kind !== 'skipped-if' || !crowded.includes(path)), ...together];
}

function describe({ kind: how, path, test, range, because }: TestLoss, kind: EvidenceKind): RuleLoss {
  const severity = severities[how]?.[kind === 'bugfix' ? 0 : kind === 'feature' ? 1 : 2];
  return { path, where: test ?? 'file', because, data: { how }, ...(range === undefined ? {} : { range }), ...(severity === undefined ? {} : { severity }) };
}

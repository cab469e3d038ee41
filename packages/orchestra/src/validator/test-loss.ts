export type LossKind =
  | 'file-deleted' | 'deleted-with-subject' | 'file-unreachable' | 'file-out-of-sight' | 'removed' | 'moved' | 'skipped' | 'skipped-if' | 'focused' | 'fewer-assertions' | 'weaker-assertions' | 'fewer-rows'
  | 'tautology' | 'asserts-nothing' | 'timeout-raised' | 'born-skipped' | 'retried' | 'expect-replaced' | 'expect-imported' | 'subject-mocked' | 'fix-mocked'
  | 'asserts-existence' | 'proves-existence' | 'expectation-changed' | 'helper-emptied' | 'fixture-emptied' | 'runner-narrowed' | 'unreadable';

/** One way in which the tests of head say less than those of base. */
export interface TestLoss {
  readonly kind: LossKind;
  readonly path: string;
  /** Title of the test, where it is about one. */
  readonly test?: string;
  readonly range?: readonly [number, number];
  readonly because: string;
}

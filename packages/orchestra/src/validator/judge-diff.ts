import type { ChangedFile, Evidence, Finding, Policy, Verdict, WorkspaceGraph } from '../model';
import { decide } from './decide';
import { allChecks, judge } from './judge';
import { measureChange, type Measured } from './measure-change';

export interface DiffToJudge {
  readonly kind: Evidence['kind'];
  readonly base: string;
  readonly head: string;
  readonly changes: readonly ChangedFile[];
  /** As it stands at base, preset applied. */
  readonly policy: Policy;
  readonly graph?: WorkspaceGraph;
}

export interface DiffJudgement {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly measured: Measured;
  /** Checks that need a plan or a run, and were not asked: this verdict says nothing about them. */
  readonly notAsked: readonly string[];
}

const asked = allChecks.filter((check) => check.scope !== 'gate');

/** What can be said of a diff from its texts alone: no checkout, no plan, nothing run. */
export function judgeDiff({ kind, base, head, changes, policy, graph }: DiffToJudge): DiffJudgement {
  const evidence: Evidence = { kind, base, head, shallow: false, policy, changes: [...changes], ...(graph === undefined ? {} : { graph }) };
  const findings = judge(evidence, asked);
  return {
    verdict: decide(findings),
    findings,
    measured: measureChange(evidence),
    notAsked: allChecks.filter((check) => !asked.includes(check)).map((check) => check.name),
  };
}

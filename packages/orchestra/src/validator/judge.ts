import type { CheckMode, Evidence, Finding, Policy } from '../model';
import { auth } from './checks/auth';
import { behaviour } from './checks/behaviour';
import { blastRadius } from './checks/blast-radius';
import { bugfixLaw, featureLaw } from './checks/change-law';
import { deception } from './checks/deception';
import { disturbed } from './checks/disturbed';
import { isolation } from './checks/isolation';
import { lease } from './checks/lease';
import { proof } from './checks/proof';
import { protectedPath } from './checks/protected-path';
import { runnerIntegrity } from './checks/runner-integrity';
import { secretsInDiff } from './checks/secrets-in-diff';
import { tasks } from './checks/tasks';
import { testIntegrity } from './checks/test-integrity';
import { findingMaker, type Check } from './define-check';

/** The one list of checks, in the order of the report. What each needs and where it may be asked stands in its own definition. */
export const allChecks: readonly Check[] = [
  disturbed, lease, protectedPath, isolation, auth, secretsInDiff, behaviour, deception, testIntegrity, runnerIntegrity, proof, tasks, blastRadius, bugfixLaw, featureLaw,
];

/** What reads texts and nothing else: cached per project, and all there is where nothing may run. */
export const staticChecks: readonly Check[] = allChecks.filter((check) => check.scope === 'texts');

/**
 * Everything the judge has to say about the evidence, worst first. Pure: same evidence, same findings, same order.
 */
export function judge(evidence: Evidence, checks: readonly Check[] = allChecks): readonly Finding[] {
  const findings = checks.flatMap((check) => judgeByMode(check, evidence));
  return [...findings, ...switchedOff(evidence, checks)].sort(byWeight);
}

function judgeByMode(check: Check, evidence: Evidence): readonly Finding[] {
  if (evidence.policy.checks[check.name] === 'off') return [];
  return check.judge(evidence).flatMap((finding) => applyMode(finding, modeOf(check, finding.rule, evidence)));
}

/** The rule's own entry wins over its check's, and either over the default for this kind of change. */
function modeOf({ name, onlyWhenPlanned }: Check, rule: string, { policy, kind }: Evidence): CheckMode {
  const { checks } = policy;
  return own(checks, rule) ?? own(checks, name) ?? (kind === 'change' && onlyWhenPlanned ? 'evaluated' : 'enforced');
}

function own(modes: Policy['checks'], name: string): CheckMode | undefined {
  return Object.hasOwn(modes, name) ? modes[name] : undefined;
}

function applyMode(finding: Finding, mode: CheckMode): readonly Finding[] {
  if (mode === 'off') return [];
  const { severity } = finding;
  if (mode === 'enforced' || severity === 'warn' || severity === 'info') return [finding];
  const would = severity === 'block' ? 'block' : 'ask a person';
  return [{ ...finding, severity: 'warn', because: `${finding.because} (Evaluated only; enforced it would ${would}.)`, data: { ...finding.data, evaluated: severity } }];
}

/** Silence by policy is legitimate, and shown: a reader must be able to tell it from a clean result. */
function switchedOff(evidence: Evidence, checks: readonly Check[]): readonly Finding[] {
  const known = new Set(checks.flatMap((check) => [check.name, ...check.rules]));
  const off = Object.keys(evidence.policy.checks).filter((name) => known.has(name) && evidence.policy.checks[name] === 'off');
  const find = findingMaker('judge', evidence.kind);
  return off.sort().map((name) => find('check-off', { because: `The policy at base switches "${name}" off.`, data: { name } }));
}

const weights = { block: 0, person: 1, warn: 2, info: 3 };

function byWeight(a: Finding, b: Finding): number {
  return weights[a.severity] - weights[b.severity] || compare(sortKey(a), sortKey(b));
}

function sortKey({ check, rule, subject, because }: Finding): string {
  const line = String(subject.range?.[0] ?? 0).padStart(8, '0');
  return [check, rule, subject.project ?? '', subject.path ?? '', line, subject.where ?? '', because].join('\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

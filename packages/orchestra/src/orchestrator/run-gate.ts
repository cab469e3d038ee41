import type { Io } from '../io/ports';
import type { Evidence, Finding, Policy, WaveReport } from '../model';
import { buildReport } from '../report/build-report';
import { decide } from '../validator/decide';
import { findingMaker } from '../validator/define-check';
import { judge } from '../validator/judge';
import { measureWave } from '../validator/measure-wave';
import { collectEvidence } from './collect-evidence';
import { readPolicy } from './read-policy';
import { followUpsOf, modelsOf } from './read-records';
import { redactReport } from './redact-report';

export interface GateRequest {
  readonly base: string;
  readonly head?: string;
  /** Overrides what the diff's goals say; without goals and without it, a diff is a `change`. */
  readonly kind?: Evidence['kind'];
  readonly wave?: { readonly goalId: string; readonly index: number };
  readonly version: string;
}

/**
 * The gate, top to bottom: an `unjudged` report first, so that a killed run leaves that one; then collect (runs things) →
 * judge (pure) → decide (pure) → report. `publish` writes a report wherever it belongs.
 */
export async function runGate(io: Io, request: GateRequest, publish: (report: WaveReport) => Promise<void>): Promise<WaveReport> {
  const policy = await readPolicy(io, request.base);
  await publish(unjudgedReport(request, policy));
  const { evidence, records } = await collectEvidence(io, {
    base: request.base, kind: request.kind, policy,
    ...(request.head === undefined ? {} : { head: request.head }),
    ...(request.wave === undefined ? {} : { goalId: request.wave.goalId }),
  });
  const findings = judge(evidence);
  const goal = evidence.goals?.find((each) => each.id === request.wave?.goalId) ?? evidence.goals?.[0];
  const plan = evidence.plans?.find((each) => each.goal.id === goal?.id);
  const model = modelsOf(records.locks).join(', ');
  const report = buildReport({
    evidence, measures: measureWave(evidence), findings, verdict: decide(findings), notes: evidence.notes ?? [], followUps: followUpsOf(records.locks),
    ...(goal === undefined ? {} : { goal }),
    ...(request.wave === undefined ? {} : { wave: request.wave.index }),
    ...(plan === undefined ? {} : { forecast: plan.forecast }),
    versions: { orchestra: request.version, ...(model === '' ? {} : { model }) },
  });
  const published = await redactReport(io.secrets, report);
  await publish(published);
  return published;
}

/** Written before anything runs. It claims nothing, and says so. */
function unjudgedReport(request: GateRequest, policy: Policy): WaveReport {
  const head = request.head ?? 'working-tree';
  const unfinished: Finding = findingMaker('gate', request.kind ?? 'change')('evidence-missing', { because: 'The gate has not finished: it is still running, or it was stopped.' });
  const evidence: Evidence = { kind: request.kind ?? 'change', base: request.base, head, shallow: false, policy, changes: [] };
  return buildReport({
    evidence, measures: measureWave(evidence), findings: [unfinished], verdict: decide([unfinished]), notes: [], followUps: [],
    ...(request.wave === undefined ? {} : { wave: request.wave.index }),
    versions: { orchestra: request.version },
  });
}

import type { Finding, Verdict } from '../model';

/**
 * The only place where findings become accepted, blocked or unjudged; a wave that stops before anything was judged says so
 * itself. It reads nothing but severities: whatever a policy
 * or a kind of change has to say was said when the finding got its severity.
 */
export function decide(findings: readonly Finding[]): Verdict {
  const blocking = findings.filter((finding) => finding.severity === 'block');
  if (blocking.length > 0) return { decision: 'blocked', blocking };
  const undecided = findings.filter((finding) => finding.severity === 'person');
  return undecided.length > 0 ? { decision: 'unjudged', blocking: undecided } : { decision: 'accepted', blocking: [] };
}

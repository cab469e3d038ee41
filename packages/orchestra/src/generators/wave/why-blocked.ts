import type { Finding, PacketNote } from '../../model';
import type { WaveOutcome } from '../../orchestrator/run-wave';

const title = 'Why the last try was blocked';

/** What the gate blocked the last try for, worded for the specialists. */
export function whyJudged(blocking: readonly Finding[]): readonly PacketNote[] {
  const lines = blocking.map((finding) => `- ${finding.rule}${finding.subject.path === undefined ? '' : ` (${finding.subject.path})`}: ${finding.because}`);
  return lines.length === 0 ? [] : [{ title, text: lines.join('\n') }];
}

/** The same of a reply that no guard let through. */
export function whyRefused(refusal: NonNullable<Extract<WaveOutcome, { kind: 'stopped' }>['refusal']>): readonly PacketNote[] {
  const lines = refusal.rejections.map((each) => `- ${each.kind}${each.path === undefined ? '' : ` (${each.path})`}: ${each.because}`);
  return [{ title, text: [`${refusal.taskId}: ${refusal.because}`, ...lines].join('\n') }];
}

/** The same of edits that did not hold in the rehearsal. */
export function whyUnproved(outcome: Extract<WaveOutcome, { kind: 'not-proved' }>): readonly PacketNote[] {
  return [{ title, text: [`The edits were rehearsed and do not hold: ${outcome.because}`, outcome.run.tail].join('\n\n') }];
}

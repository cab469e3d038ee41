import type { FileExplanation, PacketExplanation, Reason } from '../model';
import { plainLine } from './escape-text';

/** For a person at a terminal. Paths and reasons come from the repository, so they are made printable. */
export function renderExplanation({ goalId, path, base, ranking, packets, unmapped }: FileExplanation): string {
  const place = ranking.rank === null ? `not ranked: ${ranking.why ?? ''}` : `rank ${ranking.rank} of ${ranking.of}, score ${ranking.score ?? 0}`;
  return [
    `${path} for "${goalId}" at ${base.slice(0, 12)}: ${place}`, ...reasons(ranking.because),
    ...packets.flatMap(describePacket),
    ...(packets.length === 0 ? ['No packet: no task could be planned.', ...unmapped.map((line) => `  ${line}`)] : []), '',
  ].map((line) => line.replace(/\S.*/, plainLine)).join('\n');
}

function describePacket({ taskId, round, recorded, mode, ranges, tokens, because, why }: PacketExplanation): readonly string[] {
  const where = ranges.map(([start, end]) => `${start}-${end}`).join(', ');
  const shown = mode === null ? `not shown: ${why ?? ''}` : `${mode}${where === '' ? '' : ` ${where}`}, ${tokens} tokens`;
  return [`${taskId}, round ${round} (${recorded ? 'recorded' : 'as it would be asked'}): ${shown}`, ...(mode === null ? [] : reasons(because))];
}

function reasons(because: readonly Reason[]): readonly string[] {
  return because.map(({ kind, detail }) => `  ${kind}: ${detail}`);
}

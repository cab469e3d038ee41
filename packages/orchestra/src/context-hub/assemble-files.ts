import type { PacketFile } from '../model';
import { gitBlobId } from '../model';
import { countTokens } from './count-tokens';
import type { ChosenFile } from './fill-budget';

/** Chosen lines as packet entries: one per run of lines, or the whole file when all of it was chosen. */
export function assembleFiles(chosen: readonly ChosenFile[], blobs: ReadonlyMap<string, string>): readonly PacketFile[] {
  return chosen.flatMap((one) => one.ranges.map((range) => assemble(one, range, blobs)));
}

function assemble({ file, ranges, because }: ChosenFile, [start, end]: readonly [number, number], blobs: ReadonlyMap<string, string>): PacketFile {
  const text = file.lines.slice(start - 1, end).join('\n');
  const whole = ranges.length === 1 && start === 1 && end === file.lines.length;
  return {
    path: file.path, hash: blobs.get(file.path) ?? gitBlobId(file.lines.join('\n')), mode: whole ? 'whole' : 'slice',
    ...(whole ? {} : { range: [start, end] as const }), text, because, tokens: countTokens(text),
  };
}

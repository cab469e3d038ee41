import type { Io } from '../io/ports';
import type { FileTexts } from '../model';

/**
 * The texts of the base commit with the wave's edits so far laid over them: what the next specialist sees and edits.
 * A value; `withChanges` gives the next one.
 */
export interface WaveView {
  readonly changed: FileTexts;
  readonly deleted: ReadonlySet<string>;
  read(paths: readonly string[]): Promise<FileTexts>;
  withChanges(changed: FileTexts, deleted: readonly string[]): WaveView;
}

export function openWaveView(io: Io, base: string, changed: FileTexts = new Map(), deleted: ReadonlySet<string> = new Set()): WaveView {
  return {
    changed,
    deleted,
    async read(paths) {
      const fromBase = await io.repository.readTexts(base, paths.filter((path) => !changed.has(path) && !deleted.has(path)));
      const overlaid = paths.flatMap((path) => (changed.has(path) ? [[path, changed.get(path) ?? ''] as const] : []));
      return new Map([...fromBase, ...overlaid].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    withChanges(nextChanged, nextDeleted) {
      const gone = new Set([...deleted, ...nextDeleted].filter((path) => !nextChanged.has(path)));
      return openWaveView(io, base, new Map([...changed, ...nextChanged].filter(([path]) => !gone.has(path))), gone);
    },
  };
}

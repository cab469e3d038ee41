import { selectFiles, type SelectionInput } from './select-files';

/**
 * The paths whose texts `buildPacket` may show, sorted: the caller reads these and no others. A path that was asked
 * for is listed even when it is not indexed, so that documents and configuration can be answered too.
 */
export function chooseCandidates(input: SelectionInput): readonly string[] {
  const { requested, unknown, sources, further, tests, support, callees, named, callers, mounts, migrations } = selectFiles(input);
  const files = [...requested, ...unknown, ...sources, ...further, ...tests, ...support, ...callees, ...named, ...callers, ...mounts, ...migrations];
  return [...new Set(files.map(({ path }) => path))].sort();
}

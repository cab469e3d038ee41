import type { AgentContextPacket } from '../model';
import type { PacketInput } from './build-packet';
import type { Selection } from './select-files';

/**
 * What was looked at and left out, with why, by path. A file shown in any form is not listed. No ranks, and nothing of what ranks below
 * the files that were looked at: both shift with every commit, and a recorded prompt should not. `orchestra explain` tells them.
 */
export function listOmitted(input: PacketInput, selection: Selection, shown: ReadonlyMap<string, string>): AgentContextPacket['omitted'] {
  const why = new Map<string, string>();
  const add = (path: string, reason: string): void => {
    if (!shown.has(path) && !why.has(path)) why.set(path, reason);
  };
  for (const { path, secrets } of input.withheld) add(path, `withheld: ${secrets} possible ${secrets === 1 ? 'secret' : 'secrets'} in its text`);
  for (const { path } of selection.unknown) add(path, unknownReason(input, path));
  for (const path of input.irrelevant) add(path, 'an earlier reply called it irrelevant');
  for (const { path } of selection.sources) add(path, 'matches the goal; nothing of it displaced a better slice');
  const { tests, support, callees, named, callers, mounts, migrations } = selection;
  for (const { path, because } of [...tests, ...support, ...callees, ...named, ...callers, ...mounts, ...migrations]) {
    add(path, `${because.detail}; nothing of it displaced a better slice`);
  }
  return [...why].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, reason]) => ({ path, why: reason }));
}

const listed = 20;

/** A folder is answered with what it holds, so that the next request can name a file. */
function unknownReason({ indexes }: PacketInput, path: string): string {
  const folder = `${path.replace(/^(?:\.?\/)+/, '').replace(/\/$/, '')}/`;
  const inside = [...indexes.keys()].filter((one) => one.startsWith(folder)).sort();
  if (inside.length === 0) return 'asked for: no such text file in the workspace';
  const more = inside.length > listed ? ` and ${inside.length - listed} more` : '';
  return `asked for: a folder; it holds ${inside.slice(0, listed).map((one) => one.slice(folder.length)).join(', ')}${more}`;
}

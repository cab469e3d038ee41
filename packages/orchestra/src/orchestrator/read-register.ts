import { findBugIds } from '../context-hub/find-bug-ids';
import { isBugRegister } from '../context-hub/path-kind';
import { readGoal } from '../context-hub/read-goal';
import type { Io, TreeEntry } from '../io/ports';
import type { OrchestrationGoal } from '../model';

/**
 * What the workspace's bug registers (`BUGS.md`, `bugs-2025.md`) call the bugs that a goal names by id, as committed: the heading of the
 * entry, or its line in a register that is a list. A goal that is nothing but an id would else be searched for by its pleasantries.
 * The entry itself is left out: logs and tenants in it show what happened around the report, and would outweigh the person who chose
 * what belongs to the goal.
 */
export async function readRegister({ repository }: Pick<Io, 'repository'>, tree: ReadonlyMap<string, TreeEntry>, goal: OrchestrationGoal): Promise<readonly string[]> {
  const ids = readGoal(goal).bugIds;
  if (ids.length === 0) {
    return [];
  }
  const registers = [...tree].filter(([path, { mode }]) => isBugRegister(path) && mode.startsWith('100')).map(([path, { blob }]) => [path, blob] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  if (registers.length === 0) {
    return [];
  }
  const texts = await repository.readBlobTexts(new Map(registers));
  return registers.flatMap(([path]) => namesIn((texts.get(path) ?? '').split(/\r?\n/), ids));
}

function namesIn(lines: readonly string[], ids: readonly string[]): readonly string[] {
  const found = findBugIds(lines);
  return ids.flatMap((id) => {
    const mentions = found.filter(([known]) => known === id).map(([, line]) => lines[line - 1] ?? '');
    return (mentions.find((line) => line.startsWith('#')) ?? mentions[0] ?? []);
  });
}

/** The goal as it is searched for. The goal that a person wrote stays what specialists are told and the plan records. */
export function withRegister(goal: OrchestrationGoal, names: readonly string[]): OrchestrationGoal {
  return names.length === 0 ? goal : { ...goal, description: [goal.description, ...names].join('\n') };
}

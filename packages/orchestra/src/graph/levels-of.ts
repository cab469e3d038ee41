import type { WorkspaceGraph } from '../model';
import { componentsOf, groupTargets } from './components-of';
import { sortedNames } from './sorted-names';

/**
 * Projects in layers: a project stands one above the highest project it depends on. Layer 0 depends on nothing.
 * Projects on a cycle share a layer, because there is no order between them. Names sorted inside a layer.
 */
export function levelsOf(graph: WorkspaceGraph): readonly (readonly string[])[] {
  const targets = groupTargets(graph);
  const levelByName = new Map<string, number>();
  const levels: string[][] = [];
  for (const component of componentsOf(graph)) {
    const inside = new Set(component);
    let level = 0;
    for (const name of component) {
      for (const target of targets.get(name) ?? []) {
        if (!inside.has(target)) level = Math.max(level, (levelByName.get(target) ?? 0) + 1);
      }
    }
    for (const name of component) levelByName.set(name, level);
    (levels[level] ??= []).push(...component);
  }
  return levels.map(sortedNames);
}

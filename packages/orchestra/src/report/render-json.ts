import type { WaveReport } from '../model';

/**
 * `report.json`: two spaces, LF, a final newline. The report's own keys keep their reading order, verdict first; below
 * them keys are sorted, because what a goal file or a finding brings along comes in any order.
 */
export function renderJson(report: WaveReport): string {
  const entries = Object.entries(report).map(([key, value]) => [key, sortKeys(value)]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

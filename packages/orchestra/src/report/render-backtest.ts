import type { BacktestFigures, BacktestSummary } from '../model';

/** The summary as a table for a person, shares in per cent. */
export function renderBacktest(summary: BacktestSummary): string {
  const rows = [['all', summary] as const, ...Object.entries(summary.byKind)];
  const table = [
    ['goals', 'cases', 'files', 'R@1', 'R@5', 'R@10', 'R@20', 'all@10', 'packet files', 'hunks', 'hunks pooled', 'over budget', 'tokens', 'ms', 'ms p95'],
    ...rows.map(([name, figures]) => rowOf(name, figures)),
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd());
  return `${[`Budget ${summary.budget} tokens, ${summary.history ? 'with' : 'without'} history`, ...lines, ...orderLines(summary), ...companionLines(summary)].join('\n')}\n`;
}

function rowOf(name: string, { cases, goldFiles, recall, allGoldAt10, packet, ms }: BacktestFigures): readonly string[] {
  return [
    name, String(cases), String(goldFiles), ...[recall[1], recall[5], recall[10], recall[20], allGoldAt10, packet.files, packet.hunks, packet.hunksPooled].map(percent),
    String(packet.overBudget), String(packet.medianTokens), String(ms.median), String(ms.p95),
  ];
}

function orderLines({ order }: BacktestSummary): readonly string[] {
  if (order === undefined) return [];
  return [`Ranker: ${order.cases} replies, ${order.unused} of them not used, ${order.dropped} lines that named no file shown; prompts of ${order.medianTokens} tokens at the median, ${order.mostTokens} at most`];
}

function companionLines({ companions: { cases, files, found, byKind } }: BacktestSummary): readonly string[] {
  if (cases === 0) return [];
  const kinds = Object.entries(byKind).map(([kind, { named, right }]) => `${kind} ${right}/${named}`).join(', ');
  return [`Companions: given one edit of each of ${cases} fixes of several files, ${percent(found)} % of the other ${files} files are among the first ten (right/named: ${kinds})`];
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

import type { BacktestFigures, BacktestSummary, CaseResult, CompanionFigures } from '../../model';
import { goalKinds } from '../../model/backtest';

export function summariseCases(cases: readonly CaseResult[], settings: Pick<BacktestSummary, 'budget' | 'history'>): BacktestSummary {
  const kinds = goalKinds.flatMap((kind) => {
    const own = cases.filter((each) => each.kind === kind);
    return own.length === 0 ? [] : [[kind, figuresOf(own)] as const];
  });
  return { ...figuresOf(cases), byKind: Object.fromEntries(kinds), companions: companionFigures(cases), ...orderFigures(cases), ...settings };
}

function orderFigures(cases: readonly CaseResult[]): Pick<BacktestSummary, 'order'> {
  const orders = cases.flatMap(({ order }) => (order === undefined ? [] : [order]));
  if (orders.length === 0) return {};
  const tokens = orders.map(({ promptTokens }) => promptTokens);
  return {
    order: { cases: orders.length, unused: orders.filter(({ unused }) => unused !== undefined).length, dropped: sum(orders.map(({ dropped }) => dropped)), medianTokens: quantile(tokens, 0.5), mostTokens: quantile(tokens, 1) },
  };
}

function figuresOf(cases: readonly CaseResult[]): BacktestFigures {
  const gold = cases.flatMap((each) => each.gold);
  const found = (most: number): number => share(gold.filter(({ rank }) => rank !== null && rank <= most).length, gold.length);
  const withHunks = cases.filter((each) => hunksOf(each) > 0);
  const tokens = cases.map(({ packet }) => packet.tokens);
  const times = cases.map(({ ms }) => ms);
  return {
    cases: cases.length,
    goldFiles: gold.length,
    recall: { 1: found(1), 5: found(5), 10: found(10), 20: found(20) },
    allGoldAt10: share(cases.filter((each) => each.gold.every(({ rank }) => rank !== null && rank <= 10)).length, cases.length),
    packet: {
      files: share(gold.filter(({ shown }) => shown).length, gold.length),
      hunks: share(sum(withHunks.map((each) => shownHunksOf(each) / hunksOf(each))), withHunks.length),
      hunksPooled: share(sum(cases.map(shownHunksOf)), sum(cases.map(hunksOf))),
      overBudget: cases.filter(({ packet }) => packet.tokens > packet.budget).length,
      medianTokens: quantile(tokens, 0.5),
      mostTokens: quantile(tokens, 1),
    },
    ms: { median: quantile(times, 0.5), p95: quantile(times, 0.95) },
  };
}

const firstCompanions = 10;

function companionFigures(cases: readonly CaseResult[]): CompanionFigures {
  const several = cases.flatMap(({ companions }) => (companions === undefined ? [] : [companions]));
  const others = several.flatMap((each) => each.others);
  const byKind = new Map<string, { named: number; right: number }>();
  for (const { found, others: wanted } of several) {
    for (const { path, kinds } of found) {
      for (const kind of kinds) {
        const figures = byKind.get(kind) ?? { named: 0, right: 0 };
        figures.named += 1;
        if (wanted.some((other) => other.path === path)) figures.right += 1;
        byKind.set(kind, figures);
      }
    }
  }
  const right = others.filter(({ rank }) => rank !== null && rank <= firstCompanions).length;
  return { cases: several.length, files: others.length, found: share(right, others.length), byKind: Object.fromEntries([...byKind].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function hunksOf({ gold }: CaseResult): number {
  return sum(gold.map(({ hunks }) => hunks));
}

function shownHunksOf({ gold }: CaseResult): number {
  return sum(gold.map(({ shownHunks }) => shownHunks));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The value at that share of the sorted values, never between two of them. */
function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(at * sorted.length) - 1))] ?? 0;
}

import type { BacktestCase, OrchestrationGoal } from '../../model';

const longestTitle = 200;

/** As a person would file it: the first line is the title, the whole text the description. */
export function goalOfCase({ problemStatement }: BacktestCase): OrchestrationGoal {
  return { id: 'backtest', type: 'bugfix', title: (problemStatement.split('\n')[0] ?? '').slice(0, longestTitle), description: problemStatement };
}

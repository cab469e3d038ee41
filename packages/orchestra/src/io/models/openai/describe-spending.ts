import type { OpenAiSettings } from '../../../model';
import type { SpentTokens } from '../token-ledger';

/** What the last request cost and what the goal has cost so far. Money is mentioned only for models whose price was given. */
export function describeSpending(spent: readonly SpentTokens[], request: { readonly taskId: string; readonly round: number }, settings: OpenAiSettings, goalBudget: number | undefined): string {
  const last = spent[spent.length - 1];
  const total = spent.reduce((sum, entry) => sum + entry.input + entry.output, 0);
  const budget = goalBudget === undefined ? '' : ` of ${goalBudget}`;
  const about = last?.counted === 'here' ? 'about ' : '';
  return `round ${request.round} took ${about}${last?.input ?? 0} + ${last?.output ?? 0} tokens; the goal so far ${total}${budget} tokens${money(spent, settings)}`;
}

function money(spent: readonly SpentTokens[], settings: OpenAiSettings): string {
  const costs = spent.map((entry) => {
    const price = Object.hasOwn(settings.models, entry.model) ? settings.models[entry.model]?.price : undefined;
    return price === undefined ? undefined : (entry.input * price.input + entry.output * price.output) / 1_000_000;
  });
  const known = costs.filter((cost): cost is number => cost !== undefined);
  if (known.length === 0) return '';
  const missing = costs.length - known.length;
  return `, ${known.reduce((sum, cost) => sum + cost, 0).toFixed(4)} ${settings.currency}${missing === 0 ? '' : ` (without ${missing} request${missing === 1 ? '' : 's'} of models without a price)`}`;
}

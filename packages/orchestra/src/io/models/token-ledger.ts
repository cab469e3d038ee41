import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OrchestraError } from '../../model';
import * as z from '../../model/zod';
import { localFolder } from '../local-state';
import { readTextIfPresent } from '../read-json';
import { checkGoalId } from '../wave-records';

const entrySchema = z.object({ task: z.string(), round: z.number(), model: z.string(), input: z.number().nonnegative(), output: z.number().nonnegative(), counted: z.enum(['server', 'here']) });
/** What one request cost. `counted: 'here'`: the server did not say, so prompt and reply were counted on this side. */
export type SpentTokens = z.infer<typeof entrySchema>;

export interface TokenLedger {
  spent(goalId: string): Promise<readonly SpentTokens[]>;
  add(goalId: string, entry: SpentTokens): void;
}

/** `.orchestra/replies/<goal>/spent.jsonl`: one line for each request that reached a model, kept over all tries of a goal. */
export function createTokenLedger(root: string): TokenLedger {
  const path = (goalId: string): string => join(root, localFolder, 'replies', checkGoalId(goalId), 'spent.jsonl');
  return {
    spent: async (goalId) => ((await readTextIfPresent(path(goalId))) ?? '').split('\n').flatMap(parseEntry),
    add: (goalId, entry) => {
      mkdirSync(dirname(path(goalId)), { recursive: true });
      // The line break goes first: after a torn line this one still stands alone.
      appendFileSync(path(goalId), `\n${JSON.stringify(entry)}`);
    },
  };
}

function parseEntry(line: string): readonly SpentTokens[] {
  try {
    return [entrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}

export interface TokenBudgets {
  readonly task?: number;
  readonly goal?: number;
}

/** Below this a reply could not hold an edit. */
const leastReply = 256;

/**
 * How many tokens the next reply may have. A budget counts what was sent as well, because that is paid for too.
 * @throws OrchestraError 'state' when a budget has no room for the prompt and a short reply
 */
export function roomForReply(spent: readonly SpentTokens[], request: { readonly taskId: string; readonly goalId: string; readonly promptTokens: number }, budgets: TokenBudgets): number | undefined {
  const total = (entries: readonly SpentTokens[]): number => entries.reduce((sum, entry) => sum + entry.input + entry.output, 0);
  const limits = [
    ...(budgets.task === undefined ? [] : [{ name: `task ${request.taskId}`, setting: 'openai.taskTokens', budget: budgets.task, used: total(spent.filter((entry) => entry.task === request.taskId)) }]),
    ...(budgets.goal === undefined ? [] : [{ name: `goal ${request.goalId}`, setting: 'openai.goalTokens', budget: budgets.goal, used: total(spent) }]),
  ];
  const tight = limits.find((limit) => limit.budget - limit.used - request.promptTokens < leastReply);
  if (tight !== undefined) {
    const raise = tight.setting === 'openai.goalTokens' ? 'Give more with --goalTokens, or openai.goalTokens' : 'Raise openai.taskTokens';
    throw new OrchestraError(
      'state',
      `The token budget of ${tight.name} is used up: ${tight.used} of ${tight.budget} tokens are spent and the next prompt has about ${request.promptTokens}. Nothing was written. ${raise} in orchestra/orchestra.json, and type the same command again: replies that were paid for are kept and not asked for twice.`,
    );
  }
  return limits.length === 0 ? undefined : Math.min(...limits.map((limit) => limit.budget - limit.used - request.promptTokens));
}

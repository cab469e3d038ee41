import { OrchestraError, type OpenAiSettings } from '../../../model';
import { once } from '../../once';
import type { LanguageModel, ModelReply, ModelRequest, Progress } from '../../ports';
import { createKeptReplies, type KeptReply } from '../kept-replies';
import { createTokenLedger, roomForReply } from '../token-ledger';
import { type Connection, type Environment, openConnection } from './connection';
import { createExchange, type Exchange } from './exchange';
import { loadSdk, type Sdk } from './load-sdk';
import { describeSpending } from './describe-spending';
import { realWaiting, type Waiting } from './wait-before';

export interface OpenAiOptions {
  readonly settings: OpenAiSettings;
  readonly environment: Environment;
  readonly progress: Progress;
  /** Goes before `settings.goalTokens`. */
  readonly goalTokens?: number;
  readonly waiting?: Waiting;
  readonly loadSdk?: () => Promise<Sdk>;
}

/**
 * Asks a model over the Chat Completions protocol. A reply that has arrived whole is never asked for twice, budgets end a wave
 * between two requests, and whatever goes wrong is one message; nothing is written but under `.orchestra/`.
 */
export function createOpenAiModel(root: string, options: OpenAiOptions): LanguageModel {
  const { settings, progress } = options;
  const kept = createKeptReplies(root, 'openai');
  const ledger = createTokenLedger(root);
  const exchange = once(async () => {
    const sdk = await (options.loadSdk ?? loadSdk)();
    return createExchange({ root, sdk, connection: connectionOf(options), settings, progress, kept, ledger, waiting: options.waiting ?? realWaiting });
  });
  const budgets = { ...(settings.taskTokens === undefined ? {} : { task: settings.taskTokens }), ...limitOf(options.goalTokens ?? settings.goalTokens) };
  const inTurn = createTurns();
  const askServer = async (request: ModelRequest, model: string, ready: Exchange): Promise<KeptReply> => {
    const promptTokens = await countTokens(request.prompt);
    const room = roomForReply(await ledger.spent(request.goalId), { ...request, promptTokens }, budgets);
    const reply = await ready.ask(request, model, { promptTokens, room });
    progress.step(`${request.taskId}: ${describeSpending(await ledger.spent(request.goalId), request, settings, budgets.goal)}`);
    return reply;
  };
  const ask = async (request: ModelRequest): Promise<ModelReply> => {
    const model = request.model ?? settings.model ?? options.environment['OPENAI_MODEL']?.trim();
    const had = model === undefined || model === '' ? undefined : await kept.find(request, model);
    if (had !== undefined) {
      progress.step(`${request.taskId}: the reply of round ${request.round} was paid for before and is taken from ${kept.path(request)}`);
      return { kind: 'reply', ...had };
    }
    const ready = await readyOr(exchange, model, request, options);
    // With a budget one after the other: two at once would both be promised the same tokens.
    const server = () => askServer(request, ready.model, ready.exchange);
    return { kind: 'reply', ...(await (Object.keys(budgets).length === 0 ? server() : inTurn(server))) };
  };
  return { provider: 'openai', ask };
}

function limitOf(goal: number | undefined): { readonly goal?: number } {
  return goal === undefined ? {} : { goal };
}

/** Everything that is missing, at once, with what would have been asked and the ways to go on without. */
async function readyOr(exchange: () => Promise<Exchange>, model: string | undefined, request: ModelRequest, options: OpenAiOptions): Promise<{ readonly exchange: Exchange; readonly model: string }> {
  const opened = openConnection(options.settings, options.environment);
  const mistakes = [
    ...('mistakes' in opened ? opened.mistakes : []),
    ...(model === undefined || model === '' ? ['no model is named: set openai.model in orchestra/orchestra.json, or OPENAI_MODEL'] : []),
  ];
  if (mistakes.length > 0 || model === undefined) {
    throw new OrchestraError('input', [
      '--provider=openai cannot ask anybody:',
      ...mistakes.map((mistake) => `  - ${mistake}`),
      `Next would be ${request.taskId}, round ${request.round}; its prompt is .orchestra/waves/${request.goalId}/${request.taskId}.${request.round}.prompt.md. Nothing was written.`,
      'Set what is missing and type the same command again, or go on without a key: --provider=handoff (prompts as files), --provider=command (a coding agent).',
    ].join('\n'));
  }
  return { exchange: await exchange(), model };
}

function connectionOf({ settings, environment }: OpenAiOptions): Connection {
  const opened = openConnection(settings, environment);
  if ('mistakes' in opened) throw new Error('the connection was checked before');
  return opened.connection;
}

async function countTokens(text: string): Promise<number> {
  const { countTokens: count } = await import('gpt-tokenizer');
  // What looks like a control token in a file is text to us.
  return count(text, { disallowedSpecial: new Set() });
}

/** Runs what it is given one after the other, in the order of the calls. */
function createTurns(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const turn = last.then(run, run);
    last = turn;
    return turn;
  };
}


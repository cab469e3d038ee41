import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../../model';
import * as z from '../../model/zod';
import { localFolder, refuseTrackedState } from '../local-state';
import { once } from '../once';
import type { ModelRequest } from '../ports';
import { readTextIfPresent } from '../read-json';
import { checkGoalId, roundName } from '../wave-records';

const headSchema = z.object({ version: z.literal(1), provider: z.string(), asked: z.string(), promptHash: z.string() });
const lineSchema = z.union([
  z.object({ text: z.string() }),
  z.object({
    end: z.object({
      model: z.string(),
      tokens: z.object({ input: z.number(), output: z.number() }).optional(),
      unusable: z.string().optional(),
      sawFiles: z.boolean().optional(),
    }),
  }),
]);

/** How a reply ended. Without this line a kept reply is one that never arrived whole. */
export type ReplyEnd = Extract<z.infer<typeof lineSchema>, { end: unknown }>['end'];

export interface KeptReply extends ReplyEnd {
  readonly text: string;
}

/** Takes a reply down as it arrives. */
export interface ReplyWriter {
  append(text: string): void;
  end(end: ReplyEnd): void;
}

export interface KeptReplies {
  /** The whole reply to exactly this prompt, asked of this model; `undefined` when none has arrived. */
  find(request: ModelRequest, asked: string): Promise<KeptReply | undefined>;
  /** Begins a reply; what was kept of an earlier attempt at this round is given up. */
  begin(request: ModelRequest, asked: string): Promise<ReplyWriter>;
  path(request: ModelRequest): string;
}

/**
 * Replies that cost money, under `.orchestra/replies/<goal>/<task>.<round>.jsonl`, one line for each piece. Written at once and
 * not when the reply is whole: a run that is killed between the last piece and its next step has not lost what was paid for.
 */
export function createKeptReplies(root: string, provider: string): KeptReplies {
  const guard = once(() => refuseTrackedState(root));
  const path = (request: ModelRequest): string => `${localFolder}/replies/${checkGoalId(request.goalId)}/${roundName(request.taskId, request.round)}.jsonl`;
  const head = (request: ModelRequest, asked: string) => ({ version: 1, provider, asked, promptHash: sha256(request.prompt) }) as const;
  return {
    path,
    find: async (request, asked) => {
      await guard();
      const text = await readTextIfPresent(join(root, path(request)));
      return text === undefined ? undefined : readKept(text, head(request, asked));
    },
    begin: async (request, asked) => {
      await guard();
      const file = join(root, path(request));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(head(request, asked))}\n`, { mode: 0o600 });
      const append = (line: object) => appendFileSync(file, `${JSON.stringify(line)}\n`);
      return { append: (piece) => append({ text: piece }), end: (end) => append({ end }) };
    },
  };
}

/** A torn last line, a reply without its end and one to another prompt are all the same: not there. */
function readKept(text: string, wanted: z.infer<typeof headSchema>): KeptReply | undefined {
  const [first, ...rest] = text.split('\n').filter((line) => line !== '').map(parseLine);
  const head = headSchema.safeParse(first);
  if (!head.success || head.data.promptHash !== wanted.promptHash || head.data.provider !== wanted.provider || head.data.asked !== wanted.asked) return undefined;
  const lines = rest.map((line) => lineSchema.safeParse(line));
  const last = lines[lines.length - 1];
  if (last?.success !== true || !('end' in last.data) || lines.some((line) => !line.success)) return undefined;
  return { ...last.data.end, text: lines.map((line) => (line.success && 'text' in line.data ? line.data.text : '')).join('') };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

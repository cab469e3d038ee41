import * as z from './zod';
import { list } from './list';

/** How one model wants to be asked. Every one of them may be set for all models, and again for one of them by name. */
const modelParametersShape = {
  maxOutputTokens: z.number().int().positive().optional().describe('Longest reply. Without it the server decides.'),
  temperature: z.number().min(0).max(2).optional().describe('Left out by default: reasoning models refuse it.'),
  reasoningEffort: z.string().min(1).optional().describe('For reasoning models, e.g. "low", "high".'),
  stream: z.boolean().optional().describe('Default true. A server that cannot stream is found out anyway.'),
  parameters: z.record(z.string(), z.unknown()).optional().describe('Put into the request body as they are, e.g. {"seed": 1}.'),
};

export const modelParametersSchema = z.strictObject(modelParametersShape).readonly();
export type ModelParameters = z.infer<typeof modelParametersSchema>;

const priceSchema = z
  .strictObject({
    input: z.number().nonnegative().describe('Per million tokens of prompts.'),
    output: z.number().nonnegative().describe('Per million tokens of replies.'),
  })
  .readonly();

/** Provider `openai`. Where the key goes (`OPENAI_BASE_URL`) and the key itself come from the environment alone: a commit must not choose. */
export const openAiSettingsSchema = z
  .strictObject({
    model: z.string().min(1).optional().describe("For every specialist that names none. OPENAI_MODEL is taken where both are missing."),
    organization: z.string().min(1).optional().describe('Default: OPENAI_ORG_ID.'),
    project: z.string().min(1).optional().describe('Default: OPENAI_PROJECT_ID.'),
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).optional().describe('Sent with every request. No place for keys: this file is committed. OPENAI_CUSTOM_HEADERS ("Name: value" lines) is.'),
    timeoutSeconds: z.number().positive().default(600).describe('For one request, reply included.'),
    idleSeconds: z.number().positive().default(300).describe('How long a reply may stand still.'),
    retries: z.number().int().nonnegative().default(5).describe('After 408, 409, 429, 5xx, a lost connection or a reply that was cut off; a time-out once.'),
    longestWaitSeconds: z.number().positive().default(120).describe('A server that asks for a longer pause (Retry-After) ends the wave; it can be continued.'),
    taskTokens: z.number().int().positive().optional().describe('Prompts and replies of one task, all rounds together. Reached, the wave stops and can be continued.'),
    goalTokens: z.number().int().positive().optional().describe('The same for a goal, all its waves together. --goalTokens of `wave` goes before it.'),
    models: z.record(z.string(), z.strictObject({ ...modelParametersShape, price: priceSchema.optional() }).readonly()).default({}).describe('By model name: its parameters, and its price. Money is shown only for a model with a price.'),
    currency: z.string().min(1).max(8).default('USD').describe('Of the prices.'),
    ...modelParametersShape,
  })
  .readonly();
export type OpenAiSettings = z.infer<typeof openAiSettingsSchema>;

/** Provider `command`: a coding agent's command line, run in a clone. */
export const commandSettingsSchema = z
  .strictObject({
    run: list(z.string()).refine((words) => (words[0] ?? '').trim() !== '', 'must begin with a program').describe('Program and arguments, no shell. The prompt comes on standard input.'),
    environment: list(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/)).default([]).describe('Names of the variables that the agent is given, e.g. its key. It sees no others.'),
    homeFiles: list(z.string()).default([]).describe('Files below the home folder that are copied into the agent\'s own home, e.g. ".codex/auth.json".'),
    readable: list(z.string()).default([]).describe('Folders that the agent must be able to read although they lie below the home folder, e.g. where it is installed. "~/" is the home.'),
    network: z.boolean().default(true).describe("Whether it may reach the network. Most agents cannot work without their vendor's service."),
    timeoutSeconds: z.number().positive().default(1800),
    outputMegabytes: z.number().positive().default(64).describe('Of output, before it is stopped.'),
  })
  .readonly();
export type CommandSettings = z.infer<typeof commandSettingsSchema>;

import * as z from './zod';
import { defaultProtected } from './default-protected';
import { list } from './list';
import { commandSettingsSchema, openAiSettingsSchema } from './provider-settings';
import { rankingWeightsSchema } from './ranking-weights';

const globs = list(z.string().min(1));
const modeSchema = z.enum(['enforced', 'evaluated', 'off']);
export type CheckMode = z.infer<typeof modeSchema>;

const limitSchema = z.strictObject({ warn: z.number().int().nonnegative(), block: z.number().int().nonnegative() }).readonly();
const sizeLimitsSchema = z
  .strictObject({
    files: limitSchema.describe('Source files, tests and our own records aside.'),
    lines: limitSchema.describe('Added plus removed source lines, whitespace ignored.'),
    projects: limitSchema.describe('Projects touched.'),
    newFiles: limitSchema.describe('Added source files, tests aside.'),
  })
  .readonly();

export const specialistPolicySchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: z.string().optional(),
    domain: globs.describe('Paths the specialist may ever touch; a leading ! takes away.'),
    prompt: z.string().optional().describe('Workspace-relative Markdown file with its instructions.'),
    model: z.string().optional().describe('Model that answers for it, instead of `openai.model`.'),
    contextTokens: z.number().int().positive().optional(),
  })
  .readonly();
export type SpecialistPolicy = z.infer<typeof specialistPolicySchema>;

/** Source: `data/README.md` of the design, upper values of the Nx-monorepo columns; warn p90, block p95. */
const defaultLimits = {
  bugfix: {
    files: { warn: 5, block: 6 }, lines: { warn: 84, block: 132 }, projects: { warn: 2, block: 3 }, newFiles: { warn: 0, block: 1 },
  },
  feature: {
    files: { warn: 15, block: 22 }, lines: { warn: 360, block: 640 }, projects: { warn: 4, block: 6 }, newFiles: { warn: 10, block: 15 },
  },
  change: {
    files: { warn: 15, block: 22 }, lines: { warn: 360, block: 640 }, projects: { warn: 4, block: 6 }, newFiles: { warn: 10, block: 15 },
  },
};

/** Who answers the specialists' prompts. */
export const providerNameSchema = z.enum(['handoff', 'openai', 'command', 'replay']);
export type ProviderName = z.infer<typeof providerNameSchema>;

/** `orchestra/orchestra.json`. The judge reads it from the base commit, never from the diff it judges. */
export const policySchema = z
  .strictObject({
    $schema: z.string().optional(),
    gate: z.string().min(1).optional().describe('Nx project that holds the gate, e.g. "crm".'),
    provider: providerNameSchema.optional().describe('Default provider of `wave`.'),
    openai: openAiSettingsSchema.prefault({}).describe('Settings of the provider `openai`: docs/providers.md.'),
    command: commandSettingsSchema.optional().describe('Settings of the provider `command`: docs/providers.md.'),
    specialists: list(specialistPolicySchema).default([]).describe('Added to, or overriding by name, the four built-in ones.'),
    protected: globs
      .default([...defaultProtected])
      .describe('A change here always needs a person. A list of your own replaces the default one; to add to it, use `alsoProtected`.'),
    alsoProtected: globs
      .default([])
      .describe('Added to `protected`: what steers judge, build or tests in this workspace alone. Prompt files of `specialists` are protected without being named.'),
    appendOnly: globs
      .default(['**/migrations/**/*.sql'])
      .describe('Files that are only ever added, such as SQL migrations: to change one goes to a person, and to add one is no new file of a bugfix.'),
    tests: globs
      .default(['**/*.{spec,test}.{ts,tsx,js,jsx,mjs,cjs,mts,cts}', '**/__tests__/**', '**/*.e2e.{ts,js}'])
      .describe('What counts as a test.'),
    testSupport: globs
      .default(['**/__fixtures__/**', '**/__mocks__/**', '**/fixtures/**', '**/testing/**', '**/test-support/**', '**/__snapshots__/**'])
      .describe('Fixtures and helpers: overlaid on base with the tests.'),
    generated: globs
      .default(['orchestra/waves/**', 'orchestra/context/**', 'orchestra/recordings/**'])
      .describe('Our own records: excluded from diff, lease, size and task inputs.'),
    targets: list(z.string()).default(['lint', 'typecheck', 'build', 'test']).describe('What the gate runs on affected projects.'),
    related: z
      .record(z.string(), z.record(z.string(), z.string().min(1)))
      .default({})
      .describe('Project → target → target of the same project that runs only what a wave touches, e.g. {"web": {"test": "test-related"}} with `jest --onlyChanged`. It stands in while a wave is judged in the working tree; a range of commits, as in CI, runs the whole target.'),
    limits: z
      .strictObject({ bugfix: sizeLimitsSchema, feature: sizeLimitsSchema, change: sizeLimitsSchema })
      .default(defaultLimits)
      .describe('Blast radius per goal type.'),
    budgets: z
      .strictObject({
        contextTokens: z.number().int().positive().default(16000).describe('Repository text per packet, o200k tokens.'),
        otherTokens: z.number().int().positive().default(4000).describe('Conventions, evidence and instructions.'),
        filesPerTask: z.number().int().positive().default(6),
        contextRounds: z.number().int().nonnegative().default(2).describe('How often a specialist may ask to see or edit more.'),
        parallelTasks: z.number().int().positive().max(16).default(1).describe('Tasks asked at the same time, where none needs another one and no path is leased to two of them.'),
        repairRounds: z.number().int().nonnegative().default(3).describe('How often a reply that does not apply goes back.'),
      })
      .prefault({}),
    ranking: z
      .strictObject({ weights: rankingWeightsSchema.prefault({}) })
      .readonly()
      .prefault({})
      .describe('`weights`: what multiplies the built-in weight of a ranked list, 0 to 4; `orchestra backtest --calibrate` proposes them.'),
    checks: z.record(z.string(), modeSchema).default({}).describe('Check or rule name → enforced | evaluated | off.'),
    canonicalDocs: z
      .array(z.strictObject({ path: z.string(), title: z.string(), appliesTo: globs.optional() }).readonly())
      .default([])
      .describe('Documents the report and the packets cite.'),
    rules: z.record(z.string(), z.unknown()).default({}).describe('Settings of the domain rules, by rule name.'),
    preset: z.string().optional().describe('Named set of rule settings, e.g. "aisha-crm".'),
  })
  .readonly();
export type Policy = z.infer<typeof policySchema>;
export type SizeLimits = z.infer<typeof sizeLimitsSchema>;

import * as z from './zod';
import { list } from './list';
import { agentNotesSchema, filedFollowUpSchema } from './agent-output';
import { changedFileSchema } from './changed-file';
import { orchestrationGoalSchema } from './goal';
import { policySchema } from './policy';
import { reasonSchema } from './reason';
import { wavePlanSchema } from './wave-plan';
import { workspaceGraphSchema } from './workspace-graph';

/** `not-run` is never counted as passed. */
export const targetRunSchema = z
  .object({
    project: z.string(),
    target: z.string(),
    status: z.enum(['passed', 'failed', 'not-run']),
    /** Last lines of normalised output (no times, ports, absolute paths). */
    tail: z.string(),
    /** Asked only for failed runs: whether the same target fails on base as well. */
    failsOnBase: z.boolean().optional(),
  })
  .readonly();
export type TargetRun = z.infer<typeof targetRunSchema>;

export const testFailureSchema = z
  .object({
    message: z.string(),
    stack: z.string(),
    /** True when the assertion library raised it. */
    assertion: z.boolean(),
  })
  .readonly();
export type TestFailure = z.infer<typeof testFailureSchema>;

/** One test as a runner's machine format tells it. `id` = file + full title, stable across runs. */
export const testCaseRunSchema = z
  .object({
    id: z.string(),
    file: z.string(),
    title: z.string(),
    status: z.enum(['passed', 'failed', 'skipped']),
    failure: testFailureSchema.optional(),
    /** Set when the failure came from a hook, not from the test body. */
    hook: z.boolean().optional(),
    timedOut: z.boolean().optional(),
  })
  .readonly();
export type TestCaseRun = z.infer<typeof testCaseRunSchema>;

export const suiteErrorSchema = z
  .object({
    file: z.string(),
    message: z.string(),
    /** Nothing is wrong with the file: the runner was not willing to run it, e.g. because its configuration leaves it out. */
    leftOut: z.boolean().optional(),
  })
  .readonly();
export type SuiteError = z.infer<typeof suiteErrorSchema>;

/** One run of named test files in a scratch tree. */
export const testRunSchema = z
  .object({
    runner: z.enum(['jest', 'vitest', 'node:test', 'unsupported']),
    files: list(z.string()),
    cases: list(testCaseRunSchema),
    /** Files that could not be loaded at all (syntax, missing export, transform), with the reason. */
    suiteErrors: list(suiteErrorSchema),
    timedOut: z.boolean(),
    /** Normalised tail of the runner's own output. */
    tail: z.string(),
  })
  .readonly();
export type TestRun = z.infer<typeof testRunSchema>;

/** A target that fails on head, run again on base in a scratch tree; `validator/judge-baseline` decides what that means. */
export const baselineSchema = z
  .object({
    project: z.string(),
    target: z.string(),
    status: z.enum(['passed', 'failed', 'not-run']),
    /** Lines of head's output that base's does not hold, positions, durations and passed tests aside. Absent when an output was too long to compare. */
    newLines: list(z.string()).optional(),
    /** The project's tests on head, and those files of them that fail there on base; present when a supported runner runs them. */
    tests: z.object({ head: testRunSchema, base: testRunSchema }).readonly().optional(),
  })
  .readonly();
export type Baseline = z.infer<typeof baselineSchema>;

/** Runs behind the red-green proof; `validator/judge-proof` decides what they mean. */
export const proofEvidenceSchema = z
  .object({
    /** Test files overlaid on base. */
    testFiles: list(z.string()),
    base: testRunSchema,
    /** Head, repeated: every run must be green. */
    head: list(testRunSchema),
    /** Every file outside tests, their fixtures and helpers: an error in a test body counts as red when a frame of one of these is on top. */
    productionFiles: list(z.string()),
  })
  .readonly();
export type ProofEvidence = z.infer<typeof proofEvidenceSchema>;

/** One name a file exports, on both sides. */
export const exportChangeSchema = z
  .object({
    path: z.string(),
    name: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
    before: z.string().optional(),
    after: z.string().optional(),
    /** Files that import it at base, through barrels and under aliases. */
    usedBy: list(z.string()),
    /** Those of them that head leaves as they were, or that still import it there. */
    stillUsedBy: list(z.string()).optional(),
    /** File of the same change that exports it now, under the same name and contract. */
    movedTo: z.string().optional(),
  })
  .readonly();
export type ExportChange = z.infer<typeof exportChangeSchema>;

const routeContractSchema = z
  .object({
    /** What may refuse a request, in the order it is asked: mounts above first; `name?` where it does not see every request. */
    guards: list(z.string()),
    /** Schemas the handler reads or answers with. */
    schemas: list(z.string()),
  })
  .readonly();

/** One route under its full path, on both sides. */
export const routeChangeSchema = z
  .object({
    /** File that registers it. */
    path: z.string(),
    method: z.string(),
    /** Full pattern, the prefixes of every mount above included. */
    route: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
    before: routeContractSchema.optional(),
    after: routeContractSchema.optional(),
    /** What differs, e.g. `guard "requireAdmin" is gone`. */
    because: list(z.string()),
    /** Files at base that name the path. */
    usedBy: list(z.string()),
  })
  .readonly();
export type RouteChange = z.infer<typeof routeChangeSchema>;

export const affectedProjectSchema = z
  .object({ name: z.string(), because: list(reasonSchema) })
  .readonly();
export type AffectedProject = z.infer<typeof affectedProjectSchema>;

/**
 * Everything the judge may look at. Collected by `orchestrator/collect-evidence` through `io/`, judged pure. A field left out was not collected; a check
 * that needs it then reports `evidence-missing`, which is never a pass.
 */
export const evidenceSchema = z
  .object({
    /** bugfix and feature come from a goal; `change` is a diff nobody planned. */
    kind: z.enum(['bugfix', 'feature', 'change']),
    base: z.string(),
    /** Commit judged, or `working-tree`. */
    head: z.string(),
    shallow: z.boolean(),
    policy: policySchema,
    changes: list(changedFileSchema),
    graph: workspaceGraphSchema.optional(),
    affected: list(affectedProjectSchema).optional(),
    /** Goals the diff carries, and the plan made again from base tree and base policy. */
    goals: list(orchestrationGoalSchema).optional(),
    plans: list(wavePlanSchema).optional(),
    /** Goals as they stood at base, when the diff edits one. */
    goalsAtBase: list(orchestrationGoalSchema).optional(),
    /** Follow-ups that the change was planned for; `beyond`: what they lease that the goal does not, unless base holds them. */
    followUps: list(filedFollowUpSchema.unwrap().extend({ goalId: z.string(), atBase: z.boolean(), beyond: list(z.string()) }).readonly()).optional(),
    /** Plans that a model refined; `beyond`: where they lease (specialist in project) what the hub's plan does not, unless base holds the choice; `refused`: why base does not offer it; `replaces`: base holds another choice, and the leases follow that one. */
    refinements: list(z.object({ goalId: z.string(), model: z.string(), why: z.string(), atBase: z.boolean(), beyond: list(z.string()), refused: list(z.string()), replaces: z.boolean().optional() }).readonly()).optional(),
    /** Paths that a specialist was granted beyond its planned lease, as the diff's own record says. */
    granted: list(z.string()).optional(),
    /** Wave records in the diff that could not be read: their goal, plan or lock is not what it seems. */
    unreadableRecords: list(z.object({ path: z.string(), because: z.string() }).readonly()).optional(),
    /** Path → sha256 of the text a specialist proposed (`deleted` for a deletion), from the wave's record. */
    proposals: z.record(z.string(), z.string()).optional(),
    notes: list(agentNotesSchema).optional(),
    targets: list(targetRunSchema).optional(),
    /** Of the targets that failed. */
    baselines: list(baselineSchema).optional(),
    proof: proofEvidenceSchema.optional(),
    exports: list(exportChangeSchema).optional(),
    routes: list(routeChangeSchema).optional(),
    /** Bytes of main tree, git config or hooks that changed while proposed code ran. */
    disturbed: list(z.string()).optional(),
    /** What kept the untrusted runs apart, e.g. `network: none (namespace)`. */
    containment: list(z.string()).optional(),
  })
  .readonly();
export type Evidence = z.infer<typeof evidenceSchema>;

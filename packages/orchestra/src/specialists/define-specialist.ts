import type { OrchestrationGoal } from '../model';

export type Mode = OrchestrationGoal['type'];

/** One kind of expert: where it may ever work, and what it is told in each mode. */
export interface Specialist {
  /** Name in plans and in `orchestra.json`, e.g. `backend`. */
  readonly name: string;
  /** e.g. `Backend`. */
  readonly title: string;
  /** Globs over workspace-relative paths, a leading `!` takes away. The planner narrows them to the planned projects. */
  readonly domain: readonly string[];
  /** Markdown, trusted: it is ours or the workspace's own. */
  readonly instructions: Readonly<Record<Mode, string>>;
  readonly model?: string;
  readonly contextTokens?: number;
}

/** A specialist whose domain may depend on what the workspace calls a test. */
export interface SpecialistDefinition extends Omit<Specialist, 'domain'> {
  readonly domainFor: (globs: TestGlobs) => readonly string[];
}

export interface TestGlobs {
  readonly tests: readonly string[];
  readonly testSupport: readonly string[];
}

/** Keeps the literal's type checked where it is written; every built-in specialist is made with it. */
export function defineSpecialist(definition: SpecialistDefinition): SpecialistDefinition {
  return definition;
}

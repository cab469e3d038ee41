import { parseDocument, visit } from 'yaml';
import { type OrchestrationGoal, orchestrationGoalSchema } from '../../model';
import { readOnce } from '../../model/read-once';
import { describeMistakes } from './describe-mistakes';

export type ParsedGoal =
  | { readonly kind: 'goal'; readonly goal: OrchestrationGoal }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] };

export interface GoalContext {
  /** Used when the goal names no id, usually the file name. */
  readonly defaultId: string;
  /** Nx project names, for `affectedModules`. */
  readonly projects: readonly string[];
}

const allowedKeys = Object.keys(orchestrationGoalSchema.unwrap().shape);

/** Reads a goal file: JSON or YAML (JSON is a subset of YAML, so one parser serves both). Every mistake is reported. */
export function parseGoalText(text: string, context: GoalContext): ParsedGoal {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  if (document.errors.length > 0) {
    return { kind: 'mistakes', mistakes: document.errors.map((error) => `not readable as JSON or YAML: ${error.message.split('\n')[0] ?? ''}`) };
  }
  // A goal needs no aliases, and a nest of them is the known way to make a small file huge.
  let aliases = 0;
  visit(document, { Alias: () => void aliases++ });
  return aliases > 0
    ? { kind: 'mistakes', mistakes: ['YAML anchors and aliases are not allowed in a goal'] }
    : parseGoal(document.toJS() as unknown, context);
}

export function parseGoal(value: unknown, context: GoalContext): ParsedGoal {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'mistakes', mistakes: [`must be an object with the keys ${allowedKeys.join(', ')}`] };
  }
  // `bugfix` is the default: the strict mode must never be lost by leaving a key out.
  const parsed = orchestrationGoalSchema.safeParse({ id: context.defaultId, type: 'bugfix', ...value }, { reportInput: true, ...readOnce });
  const mistakes = [...(parsed.success ? [] : describeMistakes(parsed.error.issues, allowedKeys)), ...unknownProjects(value, context.projects)];
  return parsed.success && mistakes.length === 0 ? { kind: 'goal', goal: parsed.data } : { kind: 'mistakes', mistakes };
}

function unknownProjects(value: object, projects: readonly string[]): readonly string[] {
  const modules: unknown = 'affectedModules' in value ? value.affectedModules : undefined;
  if (!Array.isArray(modules)) {
    return [];
  }
  return modules
    .filter((name): name is string => typeof name === 'string' && !projects.includes(name))
    .map((name) => `affectedModules: there is no Nx project "${name}"; projects: ${projects.join(', ')}`);
}

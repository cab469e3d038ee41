import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { OrchestraError, type OrchestrationGoal } from '../../model';
import { parseGoal, parseGoalText, type ParsedGoal } from '../../orchestrator/plan/parse-goal';
import type { WaveGeneratorSchema } from './schema';

/** The goal of a `wave` command: a file, an id in `orchestra/goals/`, or the flags. Throws `input` with every mistake. */
export function takeGoal(root: string, options: WaveGeneratorSchema, projects: readonly string[]): OrchestrationGoal {
  if (options.goal !== undefined) {
    const path = findGoalFile(root, options.goal);
    const defaultId = basename(path).replace(/\.(?:json|ya?ml)$/, '');
    return unwrap(parseGoalText(readFileSync(path, 'utf8'), { defaultId, projects }), relative(root, path));
  }
  if (options.title === undefined) {
    throw new OrchestraError('input', 'Nothing to do: give a goal file (nx g @aisha/orchestra:wave orchestra/goals/<goal>.json), or --title and --description, or --continue=<goal id>.');
  }
  return unwrap(parseGoal(goalFromFlags(options), { defaultId: slug(options.title), projects }), 'the flags');
}

/** Goal files are small; a larger one is a mistake, and reading it whole would only make the mistake slower. */
const largestGoal = 1024 * 1024;

function findGoalFile(root: string, goal: string): string {
  const isPath = isAbsolute(goal) || /\.(?:json|ya?ml)$/.test(goal);
  const candidates = isPath ? [goal, ...(isAbsolute(goal) ? [] : [`orchestra/goals/${goal}`])] : ['json', 'yaml', 'yml'].map((ending) => `orchestra/goals/${goal}.${ending}`);
  const found = candidates.map((candidate) => resolve(root, candidate)).find((path) => existsSync(path) && statSync(path).isFile());
  if (found === undefined) {
    throw new OrchestraError('input', `There is no goal file ${goal}. Looked for: ${candidates.join(', ')} (a goal is a JSON or YAML file; see orchestra/goals/).`);
  }
  if (statSync(found).size > largestGoal) {
    throw new OrchestraError('input', `The goal file ${goal} is larger than 1 MiB. A goal holds the failing lines of a log, not the log.`);
  }
  return found;
}

function goalFromFlags(options: WaveGeneratorSchema): object {
  const { type, title, description, stackTrace, logs, modules, targetFiles, bugId } = options;
  const given = { type, title, description, stackTrace, logs, affectedModules: modules, targetFiles, bugId };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function slug(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64) || 'goal';
}

function unwrap(parsed: ParsedGoal, place: string): OrchestrationGoal {
  if (parsed.kind === 'mistakes') {
    throw new OrchestraError('input', [`The goal in ${place} cannot be used:`, ...parsed.mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
  }
  return parsed.goal;
}

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { graphOfManifests } from '../graph/graph-of-manifests';
import { createRepository } from '../io/git-repository';
import type { Repository } from '../io/ports';
import { OrchestraError, type Evidence, type Finding } from '../model';
import { parsePolicy } from '../orchestrator/plan/parse-policy';
import { policyPath } from '../orchestrator/policy-path';
import { applyPreset } from '../validator/apply-preset';
import type { DiffJudgement } from '../validator/judge-diff';

export const judgeUsage = `orchestra judge --repo <clone or bare git dir> --base <commit> --head <commit>
                [--type bugfix|feature|change] [--preset <name>] [--json <file|->]

The judge's pure parts on git objects: no checkout, nothing run. Exit 0 accepted, 1 blocked, 2 not judged or bad input.`;

const exitCodes = { accepted: 0, blocked: 1, unjudged: 2 } as const;

interface JudgeOptions {
  readonly repo: string;
  readonly base: string;
  readonly head: string;
  readonly kind: Evidence['kind'];
  readonly preset?: string;
  readonly json: string;
}

/** @returns the exit code. @throws OrchestraError 'input' with every mistake in the arguments, 'world' from git. */
export async function judgeCommand(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  const judgement = await judgeCommits(createRepository(options.repo), options);
  const text = `${JSON.stringify(toJson(judgement), null, 2)}\n`;
  if (options.json === '-') process.stdout.write(text);
  else writeFileSync(options.json, text);
  return exitCodes[judgement.verdict.decision];
}

/** Policy and judge are those of the base commit. */
export async function judgeCommits(repository: Repository, { base, head, kind, preset }: Pick<JudgeOptions, 'base' | 'head' | 'kind' | 'preset'>): Promise<DiffJudgement> {
  const [from, to] = [await repository.resolve(base), await repository.resolve(head)];
  const [changes, tree, texts] = await Promise.all([repository.changes(from, to), repository.listTree(to), repository.readTexts(from, [policyPath])]);
  const policy = applyPreset(parsePolicy(texts.get(policyPath), `${policyPath} at ${from.slice(0, 12)}`), preset);
  const { judgeDiff } = await import('../validator/judge-diff.js');
  const graph = graphOfManifests([...tree.keys(), ...changes.map((change) => change.previousPath ?? change.path)]);
  return judgeDiff({ kind, base: from, head: to, changes, policy, graph });
}

function readOptions(argv: readonly string[]): JudgeOptions {
  const values = parse(argv);
  const { repo, base, head, type = 'change', preset, json = '-' } = values;
  const missing = (['repo', 'base', 'head'] as const).filter((name) => values[name] === undefined).map((name) => `--${name} is required`);
  const wrong = isKind(type) ? [] : [`--type must be bugfix, feature or change, not "${type}"`];
  if (repo === undefined || base === undefined || head === undefined || !isKind(type)) {
    throw new OrchestraError('input', [...missing, ...wrong, '', judgeUsage].join('\n'));
  }
  return { repo, base, head, kind: type, json, ...(preset === undefined ? {} : { preset }) };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...argv], options: { repo: text, base: text, head: text, type: text, preset: text, json: text } }).values;
  } catch (cause) {
    throw new OrchestraError('input', `${cause instanceof Error ? cause.message : String(cause)}\n\n${judgeUsage}`, { cause });
  }
}

function isKind(type: string): type is Evidence['kind'] {
  return type === 'bugfix' || type === 'feature' || type === 'change';
}

/** Others measure with this shape: keys are added, never changed. */
export function toJson({ verdict, findings, measured, notAsked }: DiffJudgement): object {
  const { files, lines, churn, newFiles } = measured.source;
  return {
    verdict: verdict.decision,
    findings: findings.map(describe),
    radius: { files, lines, churn, newFiles: newFiles.length, projects: measured.projects.length, projectNames: measured.projects, newFilePaths: newFiles },
    notAsked,
  };
}

function describe({ check, rule, severity, subject, because, whatToDo, data }: Finding): object {
  const { path, where, range } = subject;
  return { rule, severity, path: path ?? null, where: where ?? null, range: range ?? null, because, check, whatToDo: whatToDo ?? null, data };
}

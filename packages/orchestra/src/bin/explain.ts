import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { takeGoal } from '../generators/wave/take-goal';
import type { Io } from '../io/ports';
import { readJsonIfPresent } from '../io/read-json';
import { createIo } from '../io/real-io';
import { goalIdSchema, OrchestraError, type OrchestrationGoal, type PacketLock, type WavePlan } from '../model';
import { packetLockSchema } from '../model/context-packet';
import { explainFile } from '../orchestrator/explain-file';
import { readPolicy } from '../orchestrator/read-policy';
import { renderExplanation } from '../report/render-explanation';
import { specialistsOf } from '../specialists/registry';

export const explainUsage = `orchestra explain <goal id or goal file> <path> [--workspace <folder>] [--json]

Why a file is, or is not, in the packets of a goal: its rank and the reasons for it, and what each packet shows of it or why it does not.
A goal whose wave was run is explained from its records, with the order of its files by a model where one was asked; any
other from the packets its first wave would begin with. Nothing is sent.
Exit 0, or 2 on bad input.`;

const conventionsPath = 'orchestra/CONVENTIONS.md';

/** @returns the exit code. @throws OrchestraError 'input' with what is wrong, 'world' from git or Nx. */
export async function explainCommand(argv: readonly string[]): Promise<number> {
  const { goal: named, path, root, json } = readOptions(argv);
  const io = await createIo(root, { provider: 'replay', quiet: true });
  const { goal, base, recorded, plan } = await findGoal(io, root, named);
  const policy = await readPolicy(io, base);
  const prompts = policy.specialists.flatMap(({ prompt }) => (prompt === undefined ? [] : [prompt]));
  const texts = await io.repository.readTexts(base, [conventionsPath, ...prompts]);
  const explanation = await explainFile(io, { goal, base, policy, specialists: specialistsOf(policy, texts), conventions: texts.get(conventionsPath) ?? '', recorded, ...(plan === undefined ? {} : { plan }) }, path);
  process.stdout.write(json ? `${JSON.stringify(explanation, null, 2)}\n` : renderExplanation(explanation));
  return 0;
}

interface FoundGoal {
  readonly goal: OrchestrationGoal;
  readonly base: string;
  readonly recorded: PacketLock['packets'];
  readonly plan?: WavePlan;
}

/** A recorded goal is explained on the commit it was planned on, which a goal file knows nothing of. */
async function findGoal(io: Io, root: string, named: string): Promise<FoundGoal> {
  const plan = goalIdSchema.safeParse(named).success ? await io.records.readPlan(named) : undefined;
  if (plan !== undefined) return { goal: plan.goal, base: plan.base, recorded: await readLocks(join(root, 'orchestra/waves', plan.goal.id)), plan };
  const projects = (await io.workspace.graph()).projects.map(({ name }) => name);
  return { goal: takeGoal(root, { goal: named }, projects), base: await io.repository.head(), recorded: [] };
}

async function readLocks(folder: string): Promise<PacketLock['packets']> {
  const waves = readdirSync(folder).filter((name) => /^wave-\d+$/.test(name)).sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)));
  const locks = await Promise.all(waves.map((wave) => readJsonIfPresent(join(folder, wave, 'packet.lock.json'), packetLockSchema)));
  return locks.flatMap((lock) => lock?.packets ?? []);
}

interface ExplainOptions {
  readonly goal: string;
  readonly path: string;
  readonly root: string;
  readonly json: boolean;
}

function readOptions(argv: readonly string[]): ExplainOptions {
  const { values, positionals } = parse(argv);
  const [goal, path, ...more] = positionals;
  const root = resolve(values.workspace ?? '.');
  const mistakes = [
    ...(goal === undefined ? ['a goal id or goal file is required'] : []), ...(path === undefined ? ['a path is required'] : []),
    ...more.map((each) => `"${each}" is one argument too many`), ...(existsSync(root) ? [] : [`--workspace: there is no folder ${root}`]),
  ];
  if (goal === undefined || path === undefined || mistakes.length > 0) throw new OrchestraError('input', [...mistakes, '', explainUsage].join('\n'));
  return { goal, path: relative(root, resolve(root, path)).replaceAll('\\', '/'), root, json: values.json ?? false };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options: { workspace: { type: 'string' }, json: { type: 'boolean' } } });
  } catch (cause) {
    throw new OrchestraError('input', `${cause instanceof Error ? cause.message : String(cause)}\n\n${explainUsage}`, { cause });
  }
}

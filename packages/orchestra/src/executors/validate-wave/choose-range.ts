import type { Repository, WaveRecords } from '../../io/ports';
import type { WaveState } from '../../model';
import type { ValidateWaveSchema } from './schema';

export interface JudgedRange {
  readonly base: string;
  /** Undefined: the working tree. */
  readonly head?: string;
  /** The open wave this judges, when it is one. */
  readonly wave?: { readonly goalId: string; readonly index: number };
}

/**
 * What is compared with what: options, then NX_BASE/NX_HEAD (`nx affected` keeps `--base` for itself), then the wave that
 * lies in the working tree, then the merge base with the default branch, which on that branch itself is HEAD.
 */
export async function chooseRange(options: ValidateWaveSchema, repository: Repository, records: WaveRecords, defaultBase: string): Promise<JudgedRange> {
  const head = options.head ?? environment('NX_HEAD');
  const open = head === undefined ? await openWave(options, repository, records) : undefined;
  if (open === undefined) {
    return chooseDiffRange(options, repository, defaultBase);
  }
  const base = options.base ?? environment('NX_BASE');
  return { base: base === undefined ? open.base : await repository.resolve(base), wave: { goalId: open.goalId, index: open.wave } };
}

/**
 * The same without the open wave: what the static target judges. Its answer is cached and may come from another machine,
 * so it depends on commits and files and not on local records; `rangeInput` names the same commits to Nx.
 */
export async function chooseDiffRange(options: Pick<ValidateWaveSchema, 'base' | 'head'>, repository: Repository, defaultBase: string): Promise<JudgedRange> {
  const base = options.base ?? environment('NX_BASE');
  const named = options.head ?? environment('NX_HEAD');
  const head = named === undefined ? undefined : await repository.resolve(named);
  return {
    base: base === undefined ? await mergeBaseOrHead(repository, defaultBase, head) : await repository.resolve(base),
    ...(head === undefined ? {} : { head }),
  };
}

/** A variable that CI sets to nothing is not set. */
function environment(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

async function openWave(options: ValidateWaveSchema, repository: Repository, records: WaveRecords): Promise<WaveState | undefined> {
  const states = options.goal === undefined ? await records.states() : [await records.readState(options.goal)];
  const open = states.filter((state): state is WaveState => state !== undefined && ['applied', 'accepted', 'blocked', 'unjudged'].includes(state.state));
  if (open.length === 0) {
    return undefined;
  }
  // A wave counts as open only while its files still differ from HEAD: a committed one is judged like any other diff.
  const dirty = new Set(await repository.dirtyPaths());
  return open.find((state) => Object.keys(state.applied).some((path) => dirty.has(path)));
}

async function mergeBaseOrHead(repository: Repository, defaultBase: string, head: string | undefined): Promise<string> {
  const tip = head ?? (await repository.head());
  for (const candidate of [defaultBase, `origin/${defaultBase}`]) {
    try {
      return await repository.mergeBase(candidate, tip);
    } catch {
      // The default branch may not be there under this name, as in a CI clone of one branch.
    }
  }
  return repository.head();
}

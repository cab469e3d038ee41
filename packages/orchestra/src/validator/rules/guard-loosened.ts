import type { GuardSettings } from '../../model';
import { guardSettingsSchema } from '../../model/rule-settings';
import { gateFacts, type GateFact, type Refusal } from '../../syntax/gate-facts';
import { defineRule, type FilePair, type RuleLoss } from '../define-rule';
import { moreThan } from '../more-than';
import { guardTest, type IsGuard } from './effective-guards';

/**
 * A function that decides who may go on, and turns away fewer than before, or others. Which of the two no text can always
 * tell, so that a person looks; what can be shown to refuse at least as much is no finding.
 */
export const guardLoosened = defineRule<GuardSettings>({
  name: 'guard-loosened',
  family: 'auth',
  settings: (raw) => guardSettingsSchema.parse(raw ?? {}),
  losses: (pairs, settings) => {
    const isGuard = guardTest(settings);
    const after = new Map(pairs.map((pair) => [pair, pair.head === undefined ? [] : gateFacts(pair.head)] as const));
    return pairs.flatMap((pair) => (pair.base === undefined ? [] : gateFacts(pair.base).flatMap((gate) => lossesOf(gate, pair, after, isGuard))));
  },
});

type Gates = ReadonlyMap<FilePair, readonly GateFact[]>;

function lossesOf(before: GateFact, pair: FilePair, after: Gates, isGuard: IsGuard): readonly RuleLoss[] {
  const guard = isGuard(before.name);
  const counted = before.refusals.filter(({ access }) => access || guard);
  const found = counted.length === 0 ? undefined : headOf(before, pair, after);
  if (found === undefined) return [];
  const { now, path } = found;
  const at = (because: string, range: readonly [number, number]): RuleLoss => ({ path, where: before.name, range, because, data: { guard: before.name } });
  const gate = before.middleware || guard;
  const changed = changedRefusals(counted, now.refusals, gate);
  return [
    ...(gate ? newPasses(before, now) : []).map(({ text, range }) => at(`"${before.name}" lets pass ${text === '' ? 'everybody' : `whoever has ${text.slice(0, 160)}`}, before it refuses anybody.`, range)),
    // One sentence per kind: a guard rewritten as a whole is one thing to read.
    ...changed.filter(({ because }, index) => changed.findIndex((each) => each.because === because) === index).map(({ because, range }) => at(`"${before.name}" ${because}`, range)),
  ];
}

/** The same function on head: here, or wherever a file of the diff has it now. Without one, nobody asks it any more. */
function headOf(before: GateFact, pair: FilePair, after: Gates): { readonly now: GateFact; readonly path: string } | undefined {
  const own = after.get(pair)?.find(({ name }) => name === before.name);
  if (own !== undefined) return { now: own, path: pair.change.path };
  if (before.name === 'module' || / \//.test(before.name)) return undefined;
  for (const [other, gates] of after) {
    const moved = other === pair ? undefined : gates.find(({ name }) => name === before.name);
    if (moved !== undefined && other.base === undefined) return { now: moved, path: other.change.path };
  }
  return undefined;
}

/** Also those whose condition is the same by name only. */
function newPasses(before: GateFact, now: GateFact): GateFact['passes'] {
  return moreThan(before.passes, now.passes, ({ when, meaning }) => `${when}\n${meaning}`);
}

interface Changed {
  readonly because: string;
  readonly range: readonly [number, number];
}

type Same = (before: Refusal, now: Refusal) => boolean;

const key = ({ when }: Refusal): string => when.map((alternatives) => alternatives.join(' | ')).sort().join(' & ');
const same: readonly Same[] = [(a, b) => a.what === b.what && key(a) === key(b), (a, b) => key(a) === key(b), (a, b) => a.what === b.what, () => true];

/**
 * Refusals are paired from certain to likely; what is left over on base is gone.
 *
 * @param gate also what the conditions stand for counts; a handler that refuses on the way computes much that has nothing to do with it.
 */
function changedRefusals(before: readonly Refusal[], after: readonly Refusal[], gate: boolean): readonly Changed[] {
  const [left, right] = [new Set(before), new Set(after)];
  const changed: Changed[] = [];
  for (const alike of same) {
    for (const old of left) {
      const now = [...right].find((candidate) => alike(old, candidate));
      if (now === undefined) continue;
      left.delete(old);
      right.delete(now);
      if (!refusesAsMuch(old, now)) changed.push({ because: 'refuses under another condition than before, which cannot be shown to be as strict.', range: now.range });
      else if (gate && old.meaning !== now.meaning) changed.push({ because: 'asks the same condition as before, and what that stands for has changed.', range: now.range });
    }
  }
  const [first] = after;
  return first === undefined ? changed : [...changed, ...[...left].map(() => ({ because: 'has lost one of the reasons for which it refuses.', range: first.range }))];
}

/** Every demand of head was one of base as well, perhaps with fewer alternatives: whoever was refused is refused. */
function refusesAsMuch(before: Refusal, now: Refusal): boolean {
  return now.when.every((demand) => before.when.some((old) => old.every((alternative) => demand.includes(alternative))));
}

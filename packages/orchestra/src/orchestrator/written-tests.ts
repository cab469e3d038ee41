import { changedHunks } from '../patch/changed-hunks';
import type { AskContext } from './ask-task';
import type { Conversation } from './conversation';
import { testFilesOf } from './rehearse';
import type { WaveView } from './wave-view';

/** Lines shown on either side of a test that was added to a longer file. */
const around = 3;
/** Of the packet's tokens, by characters: a longer test would leave no room for what has to satisfy it. */
const mostShare = 1 / 3;
const charactersPerToken = 3;

/**
 * The tests that another specialist wrote earlier in the wave, to be shown to whoever has to make them pass: a failure's message says
 * that something is wrong, the test says what is wanted. Of a file that was there before, the lines that changed.
 * @param tokens that the packet may hold of the repository; what goes beyond a third of them is left for the specialist to ask for
 */
export async function writtenTests({ io, survey, policy }: AskContext, view: WaveView, tokens: number): Promise<Conversation['requested']> {
  const paths = testFilesOf([...view.changed.keys()], policy);
  const before = await io.repository.readTexts(survey.base, paths.filter((path) => survey.tree.has(path)));
  const because = [{ kind: 'requested' as const, detail: 'written for this goal, red until it is reached' }];
  const wanted = paths.flatMap((path) => {
    const base = before.get(path);
    if (base === undefined) return [{ path, because }];
    const written = changedHunks(view.changed.get(path) ?? '', base).filter(({ count }) => count > 0);
    return written.map(({ start, count }) => ({ path, range: [Math.max(1, start - around), start + count - 1 + around] as const, because }));
  });
  return withinCharacters(wanted, view, tokens * mostShare * charactersPerToken);
}

type Requested = Conversation['requested'][number];

/** From the first line on as far as it goes. A range that fits stays as it is, and so does a whole file. */
function withinCharacters(wanted: readonly Requested[], view: WaveView, characters: number): readonly Requested[] {
  const lines = new Map([...new Set(wanted.map(({ path }) => path))].map((path) => [path, (view.changed.get(path) ?? '').split('\n')] as const));
  let left = characters;
  return wanted.flatMap((each) => {
    const all = lines.get(each.path) ?? [];
    const [start, end] = each.range ?? [1, all.length];
    let last = start - 1;
    while (last < Math.min(end, all.length) && (all[last]?.length ?? 0) < left) {
      left -= (all[last]?.length ?? 0) + 1;
      last += 1;
    }
    if (last >= Math.min(end, all.length)) return [each];
    left = 0;
    return last < start ? [] : [{ ...each, range: [start, last] as const }];
  });
}

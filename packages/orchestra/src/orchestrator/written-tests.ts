import { changedHunks } from '../patch/changed-hunks';
import type { AskContext } from './ask-task';
import type { Conversation } from './conversation';
import { testFilesOf } from './rehearse';
import type { WaveView } from './wave-view';

/** Lines shown on either side of a test that was added to a longer file. */
const around = 3;

/**
 * The tests that another specialist wrote earlier in the wave, to be shown to whoever has to make them pass: a failure's message says
 * that something is wrong, the test says what is wanted. Of a file that was there before, the lines that changed.
 */
export async function writtenTests({ io, survey, policy }: AskContext, view: WaveView): Promise<Conversation['requested']> {
  const paths = testFilesOf([...view.changed.keys()], policy);
  const before = await io.repository.readTexts(survey.base, paths.filter((path) => survey.tree.has(path)));
  const because = [{ kind: 'requested' as const, detail: 'written for this goal, red until it is reached' }];
  return paths.flatMap((path) => {
    const base = before.get(path);
    if (base === undefined) return [{ path, because }];
    const written = changedHunks(view.changed.get(path) ?? '', base).filter(({ count }) => count > 0);
    return written.map(({ start, count }) => ({ path, range: [Math.max(1, start - around), start + count - 1 + around] as const, because }));
  });
}

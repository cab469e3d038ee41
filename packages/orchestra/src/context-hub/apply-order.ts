import type { ModelOrder, RankedFile, Reason } from '../model';

/** How many of the best ranked files a model is shown: enough for nine of ten changed files, few enough to read. */
export const mostOrdered = 30;

/**
 * The ranking with its first thirty in the order of a model. A path that is not among them is passed over, so a model can move a file and
 * never bring one in. What the goal names as a target stays in front: a person's word goes before a model's. Those that the
 * model did not name follow as they stood. It has seen the hub's order and the reasons for it, so the two lists are not added up once more.
 */
export function applyOrder(ranked: readonly RankedFile[], order: Pick<ModelOrder, 'files'> | undefined): readonly RankedFile[] {
  if (order === undefined || order.files.length === 0) return ranked;
  const shown = ranked.slice(0, mostOrdered);
  const byPath = new Map(shown.map((file) => [file.path, file] as const));
  const named = order.files.flatMap(({ path, why }, position) => {
    const file = byPath.get(path);
    return file === undefined ? [] : [{ ...file, because: [...file.because, reasonOf(position, why)] }];
  });
  const moved = new Map([...named, ...shown.filter(({ path }) => named.every((file) => file.path !== path))].map((file) => [file.path, file] as const));
  const isTarget = (file: RankedFile): boolean => file.because.some(({ kind }) => kind === 'explicit-target');
  const targets = shown.flatMap((file) => (isTarget(file) ? [moved.get(file.path) ?? file] : []));
  const inOrder = [...targets, ...[...moved.values()].filter((file) => !isTarget(file))];
  // Places keep their worth, files change places: whoever weighs scores sees the same steps.
  return [...inOrder.map((file, place) => ({ ...file, score: shown[place]?.score ?? file.score })), ...ranked.slice(mostOrdered)];
}

function reasonOf(position: number, why: string | undefined): Reason {
  return { kind: 'model', detail: `a model put it in place ${position + 1}${why === undefined ? '' : `: ${why}`}` };
}

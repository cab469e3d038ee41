import type { ChangedFile } from '../model';
import { touchedPaths } from './classify-path';
import { moreThan } from './more-than';

export interface Suppression {
  readonly path: string;
  readonly line: number;
  /** What was silenced, as written: `eslint-disable-next-line no-console`. */
  readonly text: string;
}

const codeFile = /\.([cm]?[jt]sx?|vue|svelte|py|sh|ya?ml|sql)$/;
/** Only after a comment opener: the same words in a string or a document silence nobody. */
const suppression =
  /(?:\/\/|\/\*|^\s*\*|\{\/\*|#|--)[\s*]*((?:eslint|oxlint|biome|tslint|stylelint)[-:](?:disable|ignore)[^*\n]*|(?:orchestra|validator|judge)[-:](?:disable|ignore|allow|skip)[^*\n]*|@ts-(?:ignore|nocheck|expect-error)\b|(?:istanbul|c8|v8|node:coverage)\s+(?:ignore|disable)[^*\n]*|NOSONAR|nosemgrep|noqa\b|shellcheck disable=\S+)/;

/**
 * Silencing comments that head has and base has not, counted over the whole diff: one that moves is not new. This judge obeys none; a comment that
 * is meant for it is told like one that another tool would obey, because somebody may.
 */
export function addedSuppressions(changes: readonly ChangedFile[]): readonly Suppression[] {
  const code = changes.filter((change) => touchedPaths(change).some((path) => codeFile.test(path)));
  return moreThan(code.flatMap(({ path, base }) => suppressionsIn(path, base)), code.flatMap(({ path, head }) => suppressionsIn(path, head)), ({ text }) => text);
}

function suppressionsIn(path: string, text: string | null | undefined): readonly Suppression[] {
  if (typeof text !== 'string') return [];
  return text.split('\n').flatMap((content, index) => {
    if (content.length > 2000) return [];
    const match = suppression.exec(content)?.[1];
    return match === undefined ? [] : [{ path, line: index + 1, text: match.replace(/\s+/g, ' ').replace(/\s*(--.*)?$/, '') }];
  });
}

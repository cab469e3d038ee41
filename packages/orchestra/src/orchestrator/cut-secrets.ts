import type { SecretScanner } from '../io/ports';
import type { FileTexts } from '../model';

/**
 * The texts that may be shown. A source that one connection string in a comment would hide cannot be mended; only what cannot be cut
 * out hides it.
 * @param found as the scanner answers for these texts
 */
export async function cutSecrets(secrets: Pick<SecretScanner, 'cut'>, texts: FileTexts, found: ReadonlyMap<string, number>): Promise<FileTexts> {
  const shown = await Promise.all([...texts].map(async ([path, text]) => [path, found.has(path) ? await secrets.cut(path, text) : text] as const));
  return new Map(shown.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

import type { GitCommand } from './git-command';

/** Larger files are not text anybody reads: they are told as `null`. */
export const textLimitBytes = 4 * 1024 * 1024;

/** Texts of blobs; `null` where one is binary (a NUL, or not UTF-8, which an edit could only damage) or too large. Unknown blobs are absent. */
export async function readBlobs(git: GitCommand, blobs: Iterable<string>, env: Readonly<Record<string, string>> = {}): Promise<Map<string, string | null>> {
  const contents = await readContents(git, blobs, env);
  return new Map([...contents].map(([blob, content]) => [blob, content === null ? null : decodeText(content)]));
}

/** Bytes of blobs; `null` where one is too large. Sizes are asked first, so that a gigabyte in the tree is never read. */
export async function readContents(git: GitCommand, blobs: Iterable<string>, env: Readonly<Record<string, string>> = {}): Promise<Map<string, Buffer | null>> {
  const contents = new Map<string, Buffer | null>();
  const wanted = [...new Set(blobs)];
  if (wanted.length === 0) return contents;
  const sizes = await git.text(['cat-file', '--batch-check'], { input: `${wanted.join('\n')}\n`, env });
  const small: string[] = [];
  for (const line of sizes.split('\n')) {
    const [blob = '', type, size] = line.split(' ');
    if (type !== 'blob') continue;
    if (Number(size) > textLimitBytes) contents.set(blob, null);
    else small.push(blob);
  }
  if (small.length === 0) return contents;
  const { stdout } = await git.bytes(['cat-file', '--batch'], { input: `${small.join('\n')}\n`, env });
  for (const [blob, content] of batchEntries(stdout)) contents.set(blob, content);
  return contents;
}

/** `<oid> <type> <size>\n<content>\n`, one after the other. */
function* batchEntries(output: Buffer): Generator<readonly [string, Buffer]> {
  let at = 0;
  while (at < output.length) {
    const lineEnd = output.indexOf(10, at);
    const [blob = '', type = '', size = ''] = output.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (type === 'missing') continue;
    const end = at + Number(size);
    yield [blob, output.subarray(at, end)];
    at = end + 1;
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `null` for bytes that are not text. A byte order mark is kept: it is part of the file. */
export function decodeText(content: Buffer): string | null {
  if (content.includes(0)) return null;
  try {
    return strictUtf8.decode(content);
  } catch {
    return null;
  }
}

import type { ChangedFile } from '../model';
import { decodeText, readContents } from './git-blobs';
import type { GitCommand } from './git-command';

/** Git's name for "nothing there", in sha1 and sha256 repositories. */
const absent = /^0+$/;

/** Enough for the signature of every usual kind of picture and font. */
const startBytes = 16;

interface RawChange {
  readonly status: string;
  readonly path: string;
  readonly previousPath?: string;
  readonly baseMode: string;
  readonly headMode: string;
  readonly baseBlob: string;
  readonly headBlob: string;
}

/** The difference between two trees with the texts of both sides, sorted by path. */
export async function readChanges(git: GitCommand, base: string, head: string, env: Readonly<Record<string, string>> = {}): Promise<readonly ChangedFile[]> {
  const args = ['diff-tree', '-r', '-z', '-M', '--raw', '--no-abbrev', '--no-ext-diff', '--no-textconv', '--relative', base, head];
  const raw = parseRaw(await git.list(args, { env }));
  // A submodule's "blob" is a commit of another repository: there is no text to read.
  const blobs = raw.flatMap((change) => [
    ...(change.baseMode === '160000' ? [] : [change.baseBlob]),
    ...(change.headMode === '160000' ? [] : [change.headBlob]),
  ]);
  const contents = await readContents(git, blobs.filter((blob) => !absent.test(blob)), env);
  return raw.map((change) => toChangedFile(change, contents)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `:<mode> <mode> <oid> <oid> <status>\0<path>\0[<path>\0]`. */
function parseRaw(items: readonly string[]): RawChange[] {
  const changes: RawChange[] = [];
  for (let at = 0; at < items.length; ) {
    const [baseMode = '', headMode = '', baseBlob = '', headBlob = '', status = ''] = (items[at] ?? '').slice(1).split(' ');
    const sides = { status: status.slice(0, 1), baseMode, headMode, baseBlob, headBlob };
    const path = items[at + 1] ?? '';
    const renamed = sides.status === 'R';
    changes.push(renamed ? { ...sides, path: items[at + 2] ?? '', previousPath: path } : { ...sides, path });
    at += renamed ? 3 : 2;
  }
  return changes;
}

function toChangedFile(change: RawChange, contents: ReadonlyMap<string, Buffer | null>): ChangedFile {
  const status = ({ A: 'added', D: 'deleted', R: 'renamed' } as const)[change.status] ?? 'modified';
  const inBase = !absent.test(change.baseBlob);
  const inHead = !absent.test(change.headBlob);
  const head = textOf(contents.get(change.headBlob));
  const start = contents.get(change.headBlob)?.subarray(0, startBytes).toString('hex');
  return {
    path: change.path,
    status,
    ...(change.previousPath === undefined ? {} : { previousPath: change.previousPath }),
    ...(inBase ? { base: textOf(contents.get(change.baseBlob)), baseMode: change.baseMode } : {}),
    ...(inHead ? { head, headMode: change.headMode } : {}),
    ...(head === null && start !== undefined ? { headStart: start } : {}),
  };
}

function textOf(content: Buffer | null | undefined): string | null {
  return content === null || content === undefined ? null : decodeText(content);
}

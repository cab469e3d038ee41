import type { CommitRecord, Repository, TreeEntry } from '../io/ports';
import { type ChangedFile, type FileTexts, gitBlobId, OrchestraError, sha256 } from '../model';

/** Path → text. */
export type FakeFiles = Readonly<Record<string, string>>;

export interface FakeHistory {
  /** Oldest first; each is the whole tree, the last one is HEAD. */
  readonly commits: Readonly<Record<string, FakeFiles>>;
  /** Commit → subject. Default: the name of the commit. */
  readonly subjects?: Readonly<Record<string, string>>;
  /** The working tree. Default: HEAD's. */
  readonly working?: FakeFiles;
  readonly shallow?: boolean;
}

const firstTime = 1_700_000_000;
const dayInSeconds = 86_400;

/** A repository without git. Commits are named by the test, one a day; every commit is an ancestor of the later ones. */
export function fakeRepository({ commits, subjects = {}, working, shallow = false }: FakeHistory): Repository {
  const names = Object.keys(commits);
  const head = names[names.length - 1];
  if (head === undefined) throw new Error('fakeRepository: at least one commit is needed');
  const blobs = new Map([...Object.values(commits), working ?? {}].flatMap((files) => Object.values(files)).map((text) => [gitBlobId(text), text]));
  const resolve = (revision: string): string => {
    const name = revision === 'HEAD' ? head : revision;
    if (!Object.hasOwn(commits, name)) throw new OrchestraError('world', `The repository has no commit "${revision}".`);
    return name;
  };
  const filesAt = (revision: string) => commits[resolve(revision)] ?? {};
  const workingFiles = () => working ?? filesAt(head);
  const readBlobTexts = async (wanted: ReadonlyMap<string, string>) => textsOf([...wanted].map(([path, blob]) => [path, blobs.get(blob)]));
  return {
    root: '/fake',
    head: async () => head,
    resolve: async (revision) => resolve(revision),
    mergeBase: async (a, b) => names[Math.min(names.indexOf(resolve(a)), names.indexOf(resolve(b)))] ?? head,
    isShallow: async () => shallow,
    listTree: async (commit) => new Map(sortedEntries(filesAt(commit)).map(([path, text]): [string, TreeEntry] => [path, { blob: gitBlobId(text), mode: '100644' }])),
    readTexts: async (commit, paths) => textsOf(paths.map((path) => [path, own(filesAt(commit), path)])),
    readBlobTexts,
    mentions: async (commit, texts) => new Map(texts.map((text) => [text, sortedEntries(filesAt(commit)).flatMap(([path, content]) => (mentions(content, text) ? [path] : []))])),
    changes: async (base, to) => changesBetween(filesAt(base), to === undefined ? workingFiles() : filesAt(to)),
    history: async (commit, limit) => historyOf(names.slice(0, names.indexOf(resolve(commit)) + 1), filesAt, subjects).slice(0, limit),
    workingPaths: async () => Object.keys(workingFiles()).sort(),
    dirtyPaths: async () => changesBetween(filesAt(head), workingFiles()).flatMap((change) => [change.path, ...(change.previousPath === undefined ? [] : [change.previousPath])]).sort(),
    fingerprint: async () => new Map(sortedEntries(workingFiles()).map(([path, text]) => [path, sha256(text)])),
  };
}

/** Renamed: gone here and new there with the very same text, the one similarity a fake can be sure of. */
function changesBetween(base: FakeFiles, head: FakeFiles): readonly ChangedFile[] {
  const gone = Object.keys(base).filter((path) => !Object.hasOwn(head, path)).sort();
  const renamedFrom = new Set<string>();
  const changes = sortedEntries(head).flatMap(([path, text]): ChangedFile[] => {
    const before = own(base, path);
    if (before === text) return [];
    if (before !== undefined) return [{ path, status: 'modified', base: before, head: text, baseMode: '100644', headMode: '100644' }];
    const previousPath = gone.find((each) => base[each] === text && !renamedFrom.has(each));
    if (previousPath === undefined) return [{ path, status: 'added', head: text, headMode: '100644' }];
    renamedFrom.add(previousPath);
    return [{ path, status: 'renamed', previousPath, base: text, head: text, baseMode: '100644', headMode: '100644' }];
  });
  const deleted = gone.filter((path) => !renamedFrom.has(path)).map((path): ChangedFile => ({ path, status: 'deleted', base: base[path] ?? '', baseMode: '100644' }));
  return [...changes, ...deleted].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function historyOf(names: readonly string[], filesAt: (commit: string) => FakeFiles, subjects: Readonly<Record<string, string>>): readonly CommitRecord[] {
  const records = names.map((sha, position): CommitRecord => {
    const previous = names[position - 1];
    const files = changesBetween(previous === undefined ? {} : filesAt(previous), filesAt(sha)).map((change) => change.path);
    return { sha, time: firstTime + position * dayInSeconds, subject: subjects[sha] ?? sha, body: '', files };
  });
  return records.reverse();
}

function mentions(content: string, text: string): boolean {
  return content.split(text).some((part, index, parts) => index + 1 < parts.length && !/[\w-]$/.test(part) && !/^[\w-]/.test(parts[index + 1] ?? ''));
}

function own(files: FakeFiles, path: string): string | undefined {
  return Object.hasOwn(files, path) ? files[path] : undefined;
}

function sortedEntries(files: FakeFiles): readonly (readonly [string, string])[] {
  return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
}

function textsOf(entries: readonly (readonly [string, string | undefined])[]): FileTexts {
  return new Map(entries.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

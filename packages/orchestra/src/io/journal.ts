import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { goalIdSchema, OrchestraError } from '../model';
import * as z from '../model/zod';
import { captureFile, type FileImage, readImage, restoreImage, writeDurably } from './file-image';
import { refuseTrackedState } from './local-state';
import { checkRealPaths } from './real-paths';

const imageSchema = z.object({ kind: z.enum(['file', 'absent']), mode: z.number().optional(), bytes: z.string().optional() });
const journalSchema = z.object({
  version: z.literal(1),
  goalId: goalIdSchema,
  wave: z.number().int().positive(),
  phase: z.enum(['flushing', 'applied', 'undoing']),
  files: z.array(z.object({ path: z.string(), before: imageSchema, after: imageSchema })),
});
type Journal = z.infer<typeof journalSchema>;

export interface PlannedWrite {
  readonly path: string;
  /** Undefined: the file is deleted. */
  readonly content: Buffer | undefined;
}

export interface JournalKey {
  readonly goalId: string;
  readonly wave: number;
}

export interface Recovery extends JournalKey {
  /** `undone`: a half flush was taken back. `given-back`: a half undo was finished. */
  readonly outcome: 'finished' | 'undone' | 'given-back';
  /** Files somebody edited after the kill; their bytes were kept in this folder before the old ones came back. */
  readonly kept: readonly string[];
}

/**
 * Written before Nx flushes, because its flush is a plain loop of writes: pre-images and post-images of every file, on disk
 * and synced. Until `finishJournal`, the next run can tell a whole flush from a half one.
 */
export async function beginJournal(root: string, key: JournalKey, writes: readonly PlannedWrite[]): Promise<void> {
  const files = await Promise.all(
    [...writes].sort((a, b) => (a.path < b.path ? -1 : 1)).map(async ({ path, content }) => {
      const before = await captureFile(join(root, path));
      const after: FileImage = content === undefined ? { kind: 'absent' } : { kind: 'file', bytes: content, ...(before.mode === undefined ? {} : { mode: before.mode }) };
      return { path, before: toRecord(before), after: toRecord(after) };
    }),
  );
  await save(root, { version: 1, ...key, phase: 'flushing', files });
}

/** Every file is as planned: the wave is whole. The images stay, for `undoJournal`. */
export async function finishJournal(root: string, key: JournalKey): Promise<void> {
  await save(root, { ...(await load(root, key)), phase: 'applied' });
}

/** Whether a killed run left a wave half written: nothing can be judged until the next `wave` command has mended that. */
export async function isHalfWritten(root: string): Promise<boolean> {
  const journals = await Promise.all((await journalNames(root)).map((name) => loadFile(join(folderOf(root), name))));
  return journals.some((journal) => journal.phase !== 'applied');
}

/** Called first by every `wave` command: finishes or undoes whatever a killed run left half done. */
export async function recoverJournals(root: string): Promise<readonly Recovery[]> {
  const recoveries: Recovery[] = [];
  // A journal that came with a commit is somebody's plan to write files here, not ours to finish.
  await refuseTrackedState(root);
  for (const name of await journalNames(root)) {
    const journal = await loadFile(join(folderOf(root), name));
    if (journal.phase === 'applied') {
      continue;
    }
    const key = { goalId: journal.goalId, wave: journal.wave };
    if (journal.phase === 'flushing' && (await editedSince(root, journal, () => false)).length === 0) {
      await finishJournal(root, key);
      recoveries.push({ ...key, outcome: 'finished', kept: [] });
    } else {
      const kept = await keepStrangers(root, journal);
      await restoreAll(root, journal);
      recoveries.push({ ...key, outcome: journal.phase === 'flushing' ? 'undone' : 'given-back', kept });
    }
  }
  return recoveries;
}

/**
 * Gives the tree back byte for byte, modes and line endings included. Refuses as a whole when a person has edited a file of
 * the wave since, and touches nothing then. `regenerated` names files a tool may rewrite: those never stand in the way.
 * @returns the edited files that made it refuse; empty when it is undone. Without a journal there is nothing to undo.
 */
export async function undoJournal(root: string, key: JournalKey, regenerated: (path: string) => boolean): Promise<readonly string[]> {
  await refuseTrackedState(root);
  if (!(await journalNames(root)).includes(nameOf(key))) {
    return [];
  }
  const journal = await load(root, key);
  const edited = await editedSince(root, journal, regenerated);
  if (edited.length > 0) {
    return edited;
  }
  await save(root, { ...journal, phase: 'undoing' });
  await restoreAll(root, journal);
  return [];
}

/** Whether the images of this wave are there, so that it can be undone. */
export async function hasJournal(root: string, key: JournalKey): Promise<boolean> {
  return (await journalNames(root)).includes(nameOf(key));
}

/** The wave is committed, or the tree is as it was: git keeps the history, and the images would only go stale. */
export async function dropJournal(root: string, key: JournalKey): Promise<void> {
  await rm(join(folderOf(root), nameOf(key)), { force: true });
}

async function editedSince(root: string, journal: Journal, regenerated: (path: string) => boolean): Promise<readonly string[]> {
  const edited: string[] = [];
  for (const file of journal.files) {
    if (!regenerated(file.path) && !sameBytes(await captureFile(join(root, file.path)), readImage(file.after))) {
      edited.push(file.path);
    }
  }
  return edited;
}

/** Whatever is neither the old text, the new one, nor the beginning of one (a cut write) is somebody's work. */
async function keepStrangers(root: string, journal: Journal): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const [position, file] of journal.files.entries()) {
    const now = await captureFile(join(root, file.path));
    const ours = [readImage(file.before), readImage(file.after)].some((image) => sameBytes(now, image) || isCutWrite(now, image));
    if (!ours && now.bytes !== undefined) {
      const place = `.orchestra/kept/${nameOf(journal).replace(/\.json$/, '')}/${position}-${file.path.split('/').pop() ?? ''}`;
      await writeDurably(root, place, now.bytes);
      kept.push(`${file.path} (kept as ${place})`);
    }
  }
  return kept;
}

async function restoreAll(root: string, journal: Journal): Promise<void> {
  const refused = await checkRealPaths(root, journal.files.map((file) => file.path));
  if (refused.length > 0) {
    throw new OrchestraError('world', [`The journal ${nameOf(journal)} names places a wave never writes; nothing was restored:`, ...refused.map((each) => `  - ${each.path ?? ''}: ${each.because}`)].join('\n'));
  }
  for (const file of journal.files) {
    await restoreImage(root, file.path, readImage(file.before));
  }
  await dropJournal(root, journal);
}

function sameBytes(a: FileImage, b: FileImage): boolean {
  return a.kind === b.kind && (a.bytes === undefined ? b.bytes === undefined : b.bytes !== undefined && a.bytes.equals(b.bytes));
}

function isCutWrite(now: FileImage, whole: FileImage): boolean {
  return now.bytes !== undefined && whole.bytes !== undefined && now.bytes.length < whole.bytes.length && whole.bytes.subarray(0, now.bytes.length).equals(now.bytes);
}

function toRecord(image: FileImage): z.infer<typeof imageSchema> {
  return { kind: image.kind, ...(image.mode === undefined ? {} : { mode: image.mode }), ...(image.bytes === undefined ? {} : { bytes: image.bytes.toString('base64') }) };
}

function folderOf(root: string): string {
  return join(root, journalFolder);
}

const journalFolder = '.orchestra/journal';

function nameOf(key: JournalKey): string {
  return `${key.goalId}.${key.wave}.json`;
}

async function journalNames(root: string): Promise<readonly string[]> {
  const names = await readdir(folderOf(root)).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).sort();
}

async function save(root: string, journal: Journal): Promise<void> {
  await writeDurably(root, `${journalFolder}/${nameOf(journal)}`, Buffer.from(JSON.stringify(journal)));
}

async function load(root: string, key: JournalKey): Promise<Journal> {
  return loadFile(join(folderOf(root), nameOf(key)));
}

async function loadFile(path: string): Promise<Journal> {
  try {
    const journal = journalSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    if (basename(path) !== nameOf(journal)) {
      throw new Error(`it speaks of ${nameOf(journal)}`);
    }
    return journal;
  } catch (cause) {
    throw new OrchestraError('world', `The journal ${path} cannot be read. It holds the files as they were before a wave; look at it before you delete it.`, { cause });
  }
}

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beginJournal, finishJournal, type PlannedWrite, recoverJournals, undoJournal } from './journal';

const key = { goalId: 'leak', wave: 1 };
const nothingRegenerated = (): boolean => false;
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orchestra-journal-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  chmodSync(join(root, path), mode);
}
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const modeOf = (path: string): number => statSync(join(root, path)).mode & 0o777;
/** What Nx's flush does, up to and without `stopAt`. */
function flush(writes: readonly PlannedWrite[], stopAt = writes.length): void {
  for (const write of writes.slice(0, stopAt)) {
    if (write.content === undefined) {
      rmSync(join(root, write.path));
    } else {
      mkdirSync(dirname(join(root, write.path)), { recursive: true });
      writeFileSync(join(root, write.path), write.content);
    }
  }
}

describe('a wave that was flushed', () => {
  const writes: readonly PlannedWrite[] = [
    { path: 'bin/run.sh', content: Buffer.from('#!/bin/sh\necho new\n') },
    { path: 'src/crlf.ts', content: Buffer.from('a\r\nB\r\n') },
    { path: 'src/deep/new/file.ts', content: Buffer.from('new') },
    { path: 'src/old.ts', content: undefined },
  ];
  beforeEach(async () => {
    put('bin/run.sh', '#!/bin/sh\necho old\n', 0o755);
    put('src/crlf.ts', 'a\r\nb\r\n');
    put('src/old.ts', 'no newline at the end');
    await beginJournal(root, key, writes);
  });

  it('is given back byte for byte by undo: modes, line endings, deleted files, folders made for new ones', async () => {
    flush(writes);
    await finishJournal(root, key);
    expect(await undoJournal(root, key, nothingRegenerated)).toEqual([]);
    expect(read('bin/run.sh')).toBe('#!/bin/sh\necho old\n');
    expect(modeOf('bin/run.sh')).toBe(0o755);
    expect(read('src/crlf.ts')).toBe('a\r\nb\r\n');
    expect(read('src/old.ts')).toBe('no newline at the end');
    expect(existsSync(join(root, 'src/deep'))).toBe(false);
  });

  it('is not touched by undo once a person has edited one of its files, and that file is named', async () => {
    flush(writes);
    await finishJournal(root, key);
    put('src/crlf.ts', 'mine');
    expect(await undoJournal(root, key, nothingRegenerated)).toEqual(['src/crlf.ts']);
    expect(read('src/crlf.ts')).toBe('mine');
    expect(read('bin/run.sh')).toBe('#!/bin/sh\necho new\n');
    expect(existsSync(join(root, 'src/old.ts'))).toBe(false);
  });

  it('is undone all the same when only a regenerated file differs', async () => {
    flush(writes);
    await finishJournal(root, key);
    put('src/crlf.ts', 'written again by a tool');
    expect(await undoJournal(root, key, (path) => path === 'src/crlf.ts')).toEqual([]);
    expect(read('src/crlf.ts')).toBe('a\r\nb\r\n');
  });

  it.each([0, 1, 2, 3])('is undone by the next run when it was killed after %i of 4 files', async (count) => {
    flush(writes, count);
    expect(await recoverJournals(root)).toEqual([{ ...key, outcome: 'undone', kept: [] }]);
    expect(read('bin/run.sh')).toBe('#!/bin/sh\necho old\n');
    expect(read('src/old.ts')).toBe('no newline at the end');
    expect(existsSync(join(root, 'src/deep'))).toBe(false);
    expect(await recoverJournals(root)).toEqual([]);
  });

  it('is finished by the next run when it was killed after the last file', async () => {
    flush(writes);
    expect(await recoverJournals(root)).toEqual([{ ...key, outcome: 'finished', kept: [] }]);
    expect(read('src/crlf.ts')).toBe('a\r\nB\r\n');
  });

  it('is undone when a file was cut in the middle of a write', async () => {
    flush(writes, 1);
    put('src/crlf.ts', 'a\r\n');
    expect(await recoverJournals(root)).toEqual([{ ...key, outcome: 'undone', kept: [] }]);
    expect(read('src/crlf.ts')).toBe('a\r\nb\r\n');
  });

  it('loses nothing that a person wrote after the kill: the bytes are kept and named', async () => {
    flush(writes, 1);
    put('src/crlf.ts', 'an hour of work');
    const [recovery] = await recoverJournals(root);
    expect(recovery?.kept).toHaveLength(1);
    const place = /kept as ([^)]+)\)/.exec(recovery?.kept[0] ?? '')?.[1] ?? '';
    expect(read(place)).toBe('an hour of work');
  });
});

describe('a journal that was planted', () => {
  const plant = (name: string, journal: object): void => {
    mkdirSync(join(root, '.orchestra/journal'), { recursive: true });
    writeFileSync(join(root, '.orchestra/journal', name), JSON.stringify(journal));
  };
  const file = (path: string): object => ({ path, before: { kind: 'file', bytes: Buffer.from('evil').toString('base64') }, after: { kind: 'absent' } });

  it.each(['../outside.sh', '.git/hooks/post-commit', '/etc/evil', 'node_modules/jest/index.js'])('never writes %s', async (path) => {
    plant('leak.1.json', { version: 1, ...key, phase: 'undoing', files: [file(path), file('src/fine.ts')] });
    await expect(recoverJournals(root)).rejects.toThrow(/names places a wave never writes/);
    expect(existsSync(join(root, path))).toBe(false);
    expect(existsSync(join(root, 'src/fine.ts'))).toBe(false);
  });

  it('is not followed through a link', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'orchestra-outside-'));
    symlinkSync(outside, join(root, 'src'));
    plant('leak.1.json', { version: 1, ...key, phase: 'undoing', files: [file('src/a.ts')] });
    await expect(recoverJournals(root)).rejects.toThrow(/names places a wave never writes/);
    expect(existsSync(join(outside, 'a.ts'))).toBe(false);
    rmSync(outside, { recursive: true });
  });

  it.each([{ goalId: '../../../victim' }, { goalId: 'other' }, { wave: 7 }])('is refused when it speaks of another wave than its name (%j)', async (other) => {
    plant('leak.1.json', { version: 1, ...key, ...other, phase: 'undoing', files: [] });
    await expect(recoverJournals(root)).rejects.toThrow(/cannot be read/);
  });
});

it('gives any tree back, whatever was written over it and wherever it was cut', async () => {
  const file = fc.record({ name: fc.constantFrom('a', 'b', 'c/d', 'c/e', 'f'), bytes: fc.uint8Array({ maxLength: 40 }) });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(file, { selector: (each) => each.name }), fc.uniqueArray(file, { selector: (each) => each.name }), fc.nat(5), async (before, after, cut) => {
      const folder = mkdtempSync(join(root, 'case-'));
      for (const each of before) {
        mkdirSync(dirname(join(folder, each.name)), { recursive: true });
        writeFileSync(join(folder, each.name), each.bytes);
      }
      const writes = after.map((each) => ({ path: each.name, content: Buffer.from(each.bytes) }));
      await beginJournal(folder, key, writes);
      for (const write of writes.slice(0, cut)) {
        mkdirSync(dirname(join(folder, write.path)), { recursive: true });
        writeFileSync(join(folder, write.path), write.content);
      }
      const [recovery] = await recoverJournals(folder);
      for (const name of ['a', 'b', 'c/d', 'c/e', 'f']) {
        const expected = (recovery?.outcome === 'finished' ? after.find((each) => each.name === name) : undefined) ?? before.find((each) => each.name === name);
        expect(existsSync(join(folder, name)) ? Uint8Array.from(readFileSync(join(folder, name))) : undefined).toEqual(expected?.bytes);
      }
    }),
    { numRuns: 60 },
  );
});

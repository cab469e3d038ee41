import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomically } from './atomic-write';
import { publishReport } from './publish-report';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atomic-write-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('makes the folders above, replaces what was there and leaves no draft', async () => {
  await writeFileAtomically(join(root, 'a/b/c.json'), 'old');
  await writeFileAtomically(join(root, 'a/b/c.json'), Buffer.from('new'), { durable: false });
  expect(readFileSync(join(root, 'a/b/c.json'), 'utf8')).toBe('new');
  expect(readdirSync(join(root, 'a/b'))).toEqual(['c.json']);
});

test('many writers at once leave one whole text and no draft', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(20_000));
  await Promise.all(texts.map((text) => writeFileAtomically(join(root, 'state.json'), text)));
  expect(texts).toContain(readFileSync(join(root, 'state.json'), 'utf8'));
  expect(readdirSync(root)).toEqual(['state.json']);
});

test('a failure names the file, keeps the old bytes and leaves no draft', async () => {
  mkdirSync(join(root, 'taken'));
  writeFileSync(join(root, 'file'), 'kept');
  await expect(writeFileAtomically(join(root, 'taken'), 'x')).rejects.toThrow(join(root, 'taken'));
  await expect(writeFileAtomically(join(root, 'file/below'), 'x')).rejects.toMatchObject({ kind: 'world' });
  expect(readdirSync(root).sort()).toEqual(['file', 'taken']);
  expect(readFileSync(join(root, 'file'), 'utf8')).toBe('kept');
});

test('a report is published into every folder, SARIF only where it is local', async () => {
  const texts = { json: '{}', markdown: '# report', sarif: '{"runs":[]}', summary: 'summary' };
  await publishReport(root, ['.orchestra/reports/gate', 'orchestra/waves/goal/wave-1'], texts);
  expect(readdirSync(join(root, '.orchestra/reports/gate')).sort()).toEqual(['report.json', 'report.md', 'report.sarif', 'summary.md']);
  expect(readdirSync(join(root, 'orchestra/waves/goal/wave-1')).sort()).toEqual(['report.json', 'report.md']);
  expect(existsSync(join(root, 'orchestra/waves/goal/wave-1/report.sarif'))).toBe(false);
});

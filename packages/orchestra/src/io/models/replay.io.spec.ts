import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256 } from '../../model';
import type { ModelRequest } from '../ports';
import { createReplayModel } from './replay';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'replay-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const request: ModelRequest = { goalId: 'leak', taskId: 'w1-backend', round: 2, prompt: 'fix it', files: { 'src/a.ts': 'blob-a', 'src/b.ts': 'blob-b' } };
const reply = 'Edit src/a.ts:\n<<<<\n';
const plant = (path: string, content: string | object) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
};
const record = (sidecar: object = {}, text = reply) => {
  plant('orchestra/recordings/leak/w1-backend.2.md', text);
  plant('orchestra/recordings/leak/w1-backend.2.json', { version: 1, promptHash: sha256('fix it'), model: 'some-model', files: request.files, ...sidecar });
};

test('answers a recorded prompt with the recorded text and model, strict or not', async () => {
  record();
  for (const strict of [false, true]) {
    expect(await createReplayModel(root, { strict }).ask(request)).toEqual({ kind: 'reply', text: reply, model: 'some-model' });
  }
});

test('a miss names task, round, file and what there is', async () => {
  await expect(createReplayModel(root).ask(request)).rejects.toMatchObject({
    kind: 'input', message: expect.stringMatching(/round 2 of task w1-backend of goal leak: orchestra\/recordings\/leak\/w1-backend\.2\.md is not there\. There are no recordings\./),
  });
  plant('orchestra/recordings/other/w1-test.1.md', 'x');
  await expect(createReplayModel(root).ask(request)).rejects.toThrow('Recorded goals: other.');
  plant('orchestra/recordings/leak/w1-test.1.md', 'x');
  plant('orchestra/recordings/leak/w1-backend.1.md', 'x');
  await expect(createReplayModel(root).ask(request)).rejects.toThrow('Recorded for this goal: w1-backend.1, w1-test.1.');
});

test('a changed prompt is said and goes on while the shown files agree', async () => {
  record();
  expect(await createReplayModel(root).ask({ ...request, prompt: 'fix it now' })).toEqual({
    kind: 'reply', text: reply, model: 'some-model', otherPrompt: true, warning: 'w1-backend, round 2: the prompt has changed since the recording; the shown files agree.',
  });
});

test('a shown file that the reply does not edit may differ, and is named', async () => {
  record({ files: { 'src/a.ts': 'blob-a', 'src/b.ts': 'older' } });
  expect(await createReplayModel(root).ask({ ...request, prompt: 'new' })).toMatchObject({ warning: expect.stringContaining('the shown files differ in src/b.ts.') });
});

test('a recorded file that is not shown any more does not stand in the way', async () => {
  record({ files: { 'src/a.ts': 'blob-a', 'toString': 'x', 'src/gone.ts': 'y' } }, `${reply} src/gone.ts toString`);
  expect(await createReplayModel(root).ask({ ...request, prompt: 'new' })).toMatchObject({ warning: expect.stringContaining('agree') });
});

test('an edited file that has moved on refuses the recording and is named', async () => {
  record({ files: { 'src/a.ts': 'older', 'src/b.ts': 'older' } });
  const asked = createReplayModel(root).ask({ ...request, prompt: 'new' });
  await expect(asked).rejects.toMatchObject({ kind: 'input', message: expect.stringContaining('files it edits: src/a.ts. Record it again') });
});

test('strict refuses a changed prompt even when every file agrees', async () => {
  record();
  await expect(createReplayModel(root, { strict: true }).ask({ ...request, prompt: 'new' })).rejects.toMatchObject({
    kind: 'input', message: expect.stringMatching(/prompt has changed since .*w1-backend\.2\.md.*the shown files agree.*--strict/),
  });
});

test.each([
  ['is missing', undefined],
  ['is cut off', '{"version":1'],
  ['has an unknown key', { version: 1, promptHash: sha256(''), model: 'm', files: {}, extra: 1 }],
  ['has no real hash', { version: 1, promptHash: 'x', model: 'm', files: {} }],
])('a sidecar that %s is refused by name', async (_, sidecar) => {
  plant('orchestra/recordings/leak/w1-backend.2.md', reply);
  if (sidecar !== undefined) plant('orchestra/recordings/leak/w1-backend.2.json', sidecar);
  await expect(createReplayModel(root).ask(request)).rejects.toMatchObject({ kind: 'input', message: expect.stringContaining('w1-backend.2.json') });
});

test('an empty recording is a miss, and ids that are paths are refused', async () => {
  record({}, ' \n');
  await expect(createReplayModel(root).ask(request)).rejects.toThrow('is empty');
  await expect(createReplayModel(root).ask({ ...request, goalId: '../../etc' })).rejects.toThrow('is not a goal id');
  await expect(createReplayModel(root).ask({ ...request, taskId: '../w1' })).rejects.toThrow('is not a task id');
});

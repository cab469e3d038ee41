import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelRequest } from '../ports';
import { tempRepository } from '../testing/temp-repository';
import { createHandoffModel } from './handoff';

let root: string;
let notes: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'handoff-'));
  notes = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const folder = '.orchestra/handoff/leak';
const request: ModelRequest = { goalId: 'leak', taskId: 'w1-test', round: 1, prompt: 'prompt one', files: {} };
const pending = { kind: 'pending', promptPath: `${folder}/w1-test.1.prompt.md`, replyPath: `${folder}/w1-test.1.reply.md` };
const model = () => createHandoffModel(root, { note: (text) => notes.push(text) });
const answer = (text: string) => writeFileSync(join(root, pending.replyPath), text);
const read = (name: string) => readFileSync(join(root, folder, name), 'utf8');

test('the first ask writes the prompt and waits; a reply beside it is taken', async () => {
  expect(await model().ask(request)).toEqual(pending);
  expect(read('w1-test.1.prompt.md')).toBe('prompt one');
  answer('the reply\n');
  expect(await model().ask(request)).toEqual({ kind: 'reply', text: 'the reply\n', model: 'handoff' });
  expect(notes).toEqual([]);
});

test.each(['', ' \n\t\n'])('a reply of %j is still pending', async (text) => {
  await model().ask(request);
  answer(text);
  expect(await model().ask(request)).toEqual(pending);
  expect(notes).toEqual([]);
});

test('a reply to an earlier prompt is set aside and said, and the new prompt takes the place of the old', async () => {
  await model().ask(request);
  answer('reply to one');
  const moved = { ...request, prompt: 'prompt two' };
  expect(await model().ask(moved)).toEqual(pending);
  expect(readdirSync(join(root, folder))).toEqual(['w1-test.1.prompt.md', 'w1-test.1.reply.stale.md']);
  expect([read('w1-test.1.prompt.md'), read('w1-test.1.reply.stale.md')]).toEqual(['prompt two', 'reply to one']);
  expect(notes).toEqual([expect.stringContaining('w1-test.1.reply.stale.md')]);
  answer('reply to two');
  expect(await model().ask(moved)).toMatchObject({ kind: 'reply', text: 'reply to two' });
});

test('a reply that lies beside no prompt answers nobody', async () => {
  await model().ask(request);
  answer('an early bird');
  rmSync(join(root, pending.promptPath));
  expect(await model().ask(request)).toEqual(pending);
  expect(read('w1-test.1.reply.stale.md')).toBe('an early bird');
});

test('rounds and tasks keep apart, and ids that are paths are refused', async () => {
  await model().ask(request);
  answer('one');
  expect(await model().ask({ ...request, round: 2 })).toMatchObject({ kind: 'pending', promptPath: `${folder}/w1-test.2.prompt.md` });
  await expect(model().ask({ ...request, goalId: '..' })).rejects.toMatchObject({ kind: 'input' });
  await expect(model().ask({ ...request, taskId: '../../x' })).rejects.toMatchObject({ kind: 'input' });
  expect(existsSync(join(root, 'x.1.prompt.md'))).toBe(false);
});

test('a reply that came with a commit is not taken', async () => {
  const temp = tempRepository({ [pending.promptPath]: 'prompt one', [pending.replyPath]: 'planted' });
  try {
    await expect(createHandoffModel(temp.root, { note: () => undefined }).ask(request)).rejects.toThrow('git rm -r --cached .orchestra');
  } finally {
    temp.dispose();
  }
});

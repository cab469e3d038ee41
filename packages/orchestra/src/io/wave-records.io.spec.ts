import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AgentContextPacket, WavePlan, WaveState } from '../model';
import { tempRepository } from './testing/temp-repository';
import { createWaveRecords } from './wave-records';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wave-records-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const plant = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const state = (goalId: string): WaveState => ({ version: 1, goalId, wave: 1, state: 'applied', base: 'abc', provider: 'replay', rounds: {}, sent: {}, findings: [], applied: { 'a.ts': 'deleted' } });
const task = {
  id: 'w1-test', goalId: 'leak', agent: 'test', projects: [], summary: 's', detail: 'd', mayTouch: [], needs: [], because: [], budget: { files: 1, contextTokens: 1 },
};
const packet: AgentContextPacket = {
  task, files: [], omitted: [], interfaces: [], conventions: [], constraints: [], evidence: [], withheld: [], tokens: { repository: 0, other: 0 }, hash: 'h',
};
const plan: WavePlan = {
  version: 1, goal: { id: 'leak', type: 'bugfix', title: 't', description: 'd' }, base: 'abc', graphHash: 'g', waves: [], unmapped: [], ranked: [],
  forecast: { projects: [], files: 0, lines: 0 },
};

test('a state comes back as it was written, and unknown goals have none', async () => {
  const records = createWaveRecords(root);
  await records.writeState(state('leak'));
  expect(await records.readState('leak')).toEqual(state('leak'));
  expect(await records.readState('other')).toBeUndefined();
  expect(await records.readPlan('other')).toBeUndefined();
  expect(await records.readReport('other', 1)).toBeUndefined();
});

test('states are listed by goal, whatever else lies in the folder', async () => {
  const records = createWaveRecords(root);
  expect(await records.states()).toEqual([]);
  for (const goal of ['zebra', 'ant']) await records.writeState(state(goal));
  plant('.orchestra/waves/Not A Goal/state.json', '{}');
  plant('.orchestra/waves/no-state-yet/w1-test.1.prompt.md', 'p');
  plant('.orchestra/waves/file', 'f');
  expect((await records.states()).map((each) => each.goalId)).toEqual(['ant', 'zebra']);
});

test('packets, prompts and replies lie side by side under their task and round', async () => {
  const records = createWaveRecords(root);
  await records.writePacket(packet, 2, 'the prompt');
  await records.writeReply('leak', 'w1-test', 2, 'the reply');
  expect(readdirSync(join(root, '.orchestra/waves/leak'))).toEqual(['w1-test.2.packet.json', 'w1-test.2.prompt.md', 'w1-test.2.reply.md']);
  expect(readFileSync(join(root, '.orchestra/waves/leak/w1-test.2.prompt.md'), 'utf8')).toBe('the prompt');
  expect(JSON.parse(readFileSync(join(root, '.orchestra/waves/leak/w1-test.2.packet.json'), 'utf8'))).toEqual(packet);
});

test('the plan of a goal is read from its committed folder', async () => {
  plant('orchestra/waves/leak/plan.json', JSON.stringify(plan));
  expect(await createWaveRecords(root).readPlan('leak')).toEqual(plan);
});

test.each([
  ['cut off', '{"version":1,"goalId":"le'],
  ['empty', ''],
  ['of another shape', '{"version":2}'],
  ["another goal's", JSON.stringify(state('zebra'))],
])('a state that is %s is refused with the name of the file', async (_, text) => {
  plant('.orchestra/waves/leak/state.json', text);
  const records = createWaveRecords(root);
  await expect(records.readState('leak')).rejects.toMatchObject({ kind: 'world', message: expect.stringContaining(join(root, '.orchestra/waves/leak/state.json')) });
  await expect(records.states()).rejects.toThrow('state.json');
});

test('a corrupt plan or report is refused, and its text is not quoted', async () => {
  plant('orchestra/waves/leak/plan.json', 'planted-secret');
  plant('orchestra/waves/leak/wave-1/report.json', '{"version":1}');
  plant('orchestra/waves/copied/plan.json', JSON.stringify(plan));
  const records = createWaveRecords(root);
  const error = await records.readPlan('leak').catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ kind: 'world', message: expect.stringContaining('plan.json') });
  expect((error as Error).message).not.toContain('planted-secret');
  await expect(records.readReport('leak', 1)).rejects.toThrow('wave-1/report.json');
  await expect(records.readPlan('copied')).rejects.toThrow('belongs to the goal "leak"');
});

test.each(['../evil', '..', '', 'a/b', 'A', 'a\0', '.', 'a'.repeat(65), '-a'])('the goal id %j reaches no path', async (goalId) => {
  const records = createWaveRecords(join(root, 'inside'));
  const refused = { kind: 'input', message: expect.stringContaining('is not a goal id') };
  await expect(records.readState(goalId)).rejects.toMatchObject(refused);
  await expect(records.writeState({ ...state('x'), goalId })).rejects.toMatchObject(refused);
  await expect(records.writeReply(goalId, 'w1-test', 1, 'r')).rejects.toMatchObject(refused);
  await expect(records.writePacket({ ...packet, task: { ...task, goalId } }, 1, 'p')).rejects.toMatchObject(refused);
  await expect(records.readPlan(goalId)).rejects.toMatchObject(refused);
  await expect(records.readReport(goalId, 1)).rejects.toMatchObject(refused);
  expect(existsSync(join(root, 'inside'))).toBe(false);
});

test.each([['../w1', 1], ['W1', 1], ['w1-test', 0], ['w1-test', 1.5], ['w1-test', NaN]])('the task %j in round %d reaches no path', async (taskId, round) => {
  const records = createWaveRecords(root);
  await expect(records.writeReply('leak', taskId, round, 'r')).rejects.toMatchObject({ kind: 'input' });
  await expect(records.writePacket({ ...packet, task: { ...task, id: taskId } }, round, 'p')).rejects.toMatchObject({ kind: 'input' });
  expect(existsSync(join(root, '.orchestra'))).toBe(false);
});

test.each(['.orchestra', '.Orchestra'])('a commit that brings a %s along is refused: its state would be believed', async (folder) => {
  const temp = tempRepository({ [`${folder}/waves/leak/state.json`]: JSON.stringify(state('leak')) });
  try {
    const records = createWaveRecords(temp.root);
    for (const attempt of [() => records.readState('leak'), () => records.states(), () => records.writeState(state('leak'))]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'input', message: expect.stringContaining(`git rm -r --cached ${folder}`) });
    }
    temp.git('rm', '-r', '-q', '--cached', folder);
    temp.git('commit', '-qm', 'local again');
    expect(await records.states()).toHaveLength(folder === '.orchestra' ? 1 : 0);
  } finally {
    temp.dispose();
  }
});

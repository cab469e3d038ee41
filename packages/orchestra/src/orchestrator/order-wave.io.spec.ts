import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHandoffModel } from '../io/models/handoff';
import { createOpenAiModel } from '../io/models/openai/openai';
import { recordReplies } from '../io/models/record-replies';
import { createReplayModel } from '../io/models/replay';
import type { LanguageModel } from '../io/ports';
import { createRepository } from '../io/git-repository';
import { createSecretScanner } from '../io/secret-scanner';
import { chatServer, says, type Answer, type ChatServer } from '../io/testing/chat-server';
import { tempRepository, type TempRepository } from '../io/testing/temp-repository';
import { createWaveRecords } from '../io/wave-records';
import { openAiSettingsSchema, policySchema, type OrchestrationGoal } from '../model';
import { specialistsOf } from '../specialists/registry';
import { fakeIo } from '../testing/fake-io';
import { graphOf } from '../testing/graph-of';
import { planFrom, surveyWorkspace } from './make-plan';
import { orderWave, type OrderedWave } from './order-wave';

const files = {
  '.gitignore': '.orchestra/\n', 'packages/backend/package.json': '{"name":"@shop/backend"}\n',
  'packages/backend/src/checkout.ts': '// the delivery fee of a checkout\nexport const checkout = 1;\n', 'packages/backend/src/fee.ts': 'export const deliveryFee = 4.9;\n',
};
const goal: OrchestrationGoal = { id: 'fee', type: 'bugfix', title: 'checkout: delivery fee', description: 'checkout charges the delivery fee twice.' };
const policy = policySchema.parse({ specialists: [{ name: 'backend', domain: ['packages/backend/**'] }] });
const answer = 'packages/backend/src/fee.ts - holds the fee\nEND OF REPLY\n';

let temp: TempRepository;
let server: ChatServer;
const open = async (...answers: readonly Answer[]): Promise<void> => {
  temp = tempRepository(files);
  server = await chatServer(...answers);
};
afterEach(async () => {
  await server.close();
  temp.dispose();
});

const openAi = (settings: object = {}): LanguageModel => createOpenAiModel(temp.root, {
  settings: openAiSettingsSchema.parse({ model: 'm', timeoutSeconds: 5, ...settings }), environment: { OPENAI_API_KEY: 'sk-planted-0123456789', OPENAI_BASE_URL: server.url }, progress: { step: () => undefined, note: () => undefined },
});

async function rank(model: LanguageModel): Promise<{ readonly result: OrderedWave; readonly notes: readonly string[] }> {
  const repository = createRepository(temp.root);
  const fake = fakeIo({ commits: { base: files }, graph: graphOf({ backend: [] }, undefined) });
  const io = { ...fake, repository, secrets: createSecretScanner(), records: createWaveRecords(temp.root), model };
  const request = { goal, base: await repository.head(), policy, specialists: specialistsOf(policy), conventions: '', waveIndex: 1, findings: [], rounds: {}, planOnly: false, preview: false, ranker: 'model' as const };
  const survey = await surveyWorkspace(io, request);
  const plan = planFrom(survey, request);
  const wave = plan.waves[0];
  if (wave === undefined) throw new Error('nothing was planned');
  return { result: await orderWave(io, request, survey, plan, wave), notes: fake.notes };
}

const orderOf = (result: OrderedWave): unknown => (result.kind === 'ordered' ? result.wave.order : result);
const read = (path: string): string => readFileSync(join(temp.root, path), 'utf8');

describe('an order asked of a real provider', () => {
  it('is paid for once over HTTP, counted, kept with its prompt, and the same when its recording is replayed', async () => {
    await open(says(answer));
    const first = orderOf((await rank(recordReplies(temp.root, openAi()))).result);
    expect(first).toMatchObject({ model: 'served', files: [{ path: 'packages/backend/src/fee.ts', why: 'holds the fee' }], dropped: 0 });
    expect(orderOf((await rank(openAi())).result)).toEqual(first);
    expect(server.seen.length).toBe(1);
    expect(read('.orchestra/waves/fee/rank-w1.1.prompt.md')).toBe(server.seen[0]?.prompt);
    expect(read('.orchestra/replies/fee/spent.jsonl')).toMatch(/"task":"rank-w1".*"input":100,"output":20/);
    expect(orderOf((await rank(createReplayModel(temp.root, { strict: true }))).result)).toEqual(first);
  });

  it('counts against the budget of the goal like any other prompt', async () => {
    await open(says(answer));
    await expect(rank(openAi({ goalTokens: 300 }))).rejects.toMatchObject({ kind: 'state', message: expect.stringMatching(/token budget of goal fee is used up/) });
    expect(server.seen.length).toBe(0);
  });

  it('cut off at its length limit it is not read, and the ranking stays', async () => {
    await open(says(answer, 'length'));
    const { result, notes } = await rank(openAi({ retries: 0 }));
    expect(orderOf(result)).toMatchObject({ files: [], unused: expect.any(String) });
    expect(notes.join()).toMatch(/the hub's ranking stays/);
  });

  it('replayed for another prompt it is read by its paths and not by its numbers', async () => {
    await open(says('2\npackages/backend/src/fee.ts\n'));
    await rank(recordReplies(temp.root, openAi()));
    temp.commit({ 'packages/backend/src/other.ts': '// checkout delivery fee, checkout delivery fee\nexport const other = 1;\n' }, 'feat: other');
    const { result, notes } = await rank(createReplayModel(temp.root));
    expect(orderOf(result)).toMatchObject({ files: [{ path: 'packages/backend/src/fee.ts' }], dropped: 1 });
    expect(notes.join()).toMatch(/the prompt has changed since the recording/);
  });

  it('handed off it waits for a file, and is taken from there', async () => {
    await open();
    const model = createHandoffModel(temp.root, { note: () => undefined });
    const { result } = await rank(model);
    expect(result).toMatchObject({ kind: 'stopped', pending: [{ taskId: 'rank-w1', promptPath: '.orchestra/handoff/fee/rank-w1.1.prompt.md', replyPath: '.orchestra/handoff/fee/rank-w1.1.reply.md' }] });
    temp.write({ '.orchestra/handoff/fee/rank-w1.1.reply.md': answer });
    expect(orderOf((await rank(model)).result)).toMatchObject({ model: 'handoff', files: [{ path: 'packages/backend/src/fee.ts', why: 'holds the fee' }] });
  });
});

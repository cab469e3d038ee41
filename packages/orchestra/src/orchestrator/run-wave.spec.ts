import { type OrchestrationGoal, policySchema, type TestRun } from '../model';
import { specialistsOf } from '../specialists/registry';
import { type FakeIo, fakeIo, type FakeTestRequest, type FakeWorld } from '../testing/fake-io';
import { graphOf } from '../testing/graph-of';
import { runWave, type WaveOutcome } from './run-wave';

const files = {
  'packages/contracts/package.json': '{"name":"@shop/contracts"}',
  'packages/contracts/src/fee.ts': 'export function deliveryFee(total: number): number {\n  return total > 50 ? 0 : 4.9;\n}\n',
  'packages/backend/package.json': '{"name":"@shop/backend"}',
  'packages/backend/src/checkout.ts': "import { deliveryFee } from '@shop/contracts';\n\nexport function checkout(total: number): number {\n  return total + deliveryFee(total);\n}\n",
  'packages/backend/src/checkout.spec.ts': "import { checkout } from './checkout';\n\nit('is free from 80', () => {\n  expect(checkout(80)).toBe(80);\n});\n",
  'packages/web/package.json': '{"name":"@shop/web"}',
  'packages/web/src/page.ts': 'export const page = 1;\n',
};
const goal: OrchestrationGoal = {
  id: 'free-delivery', type: 'bugfix', title: 'An order of exactly 50 pays for delivery', description: 'deliveryFee charges an order of 50.', targetFiles: ['packages/contracts/src/fee.ts'],
};
const policy = policySchema.parse({
  specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }, { name: 'frontend', domain: ['packages/web/**'] }],
});

const edits = (...blocks: readonly string[]): string => `status: edits\nrootCause: The boundary is left out.\nrisks: none\n\n${blocks.join('\n\n')}\n\nEND OF REPLY\n`;
const block = (path: string, search: string, replace: string): string => `\`\`\`ts\n${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\`\`\``;
const create = (path: string, text: string): string => `\`\`\`ts\n${path}\n<<<<<<< CREATE\n${text}\n>>>>>>> CREATE\n\`\`\``;
const test = edits(block('packages/backend/src/checkout.spec.ts', "it('is free from 80', () => {", "it('is free from 50', () => {\n  expect(checkout(50)).toBe(50);\n});\n\nit('is free from 80', () => {"));
const fix = edits(block('packages/contracts/src/fee.ts', '  return total > 50 ? 0 : 4.9;', '  return total >= 50 ? 0 : 4.9;'));
const wrongFix = edits(block('packages/contracts/src/fee.ts', '  return total > 50 ? 0 : 4.9;', '  return total > 49.99 ? 1 : 4.9;'));

/** As jest would answer: the new test is red while the fee has its old boundary. */
function runTests({ texts, files: ran }: FakeTestRequest): TestRun {
  const spec = texts.get('packages/backend/src/checkout.spec.ts') ?? '';
  const broken = spec.includes('checkout(50)') && !(texts.get('packages/contracts/src/fee.ts') ?? '').includes('>= 50 ? 0');
  const failure = { message: 'expect(received).toBe(expected)', stack: '', assertion: true };
  return {
    runner: 'jest', files: [...ran], suiteErrors: [], timedOut: false, tail: broken ? '1 failed' : '1 passed',
    cases: [{ id: 'checkout › is free from 50', file: 'packages/backend/src/checkout.spec.ts', title: 'is free from 50', status: broken ? 'failed' : 'passed', ...(broken ? { failure } : {}) }],
  };
}

async function wave(replies: FakeWorld['replies'], more: Partial<FakeWorld> = {}): Promise<{ readonly outcome: WaveOutcome; readonly io: FakeIo }> {
  const io = fakeIo({
    commits: { base: files }, graph: graphOf({ backend: ['contracts'], contracts: [], web: [] }, undefined), runTests, ...(replies === undefined ? {} : { replies }), ...more,
  });
  const outcome = await runWave(io, { goal, base: 'base', policy, specialists: specialistsOf(policy), conventions: '', waveIndex: 1, findings: [], rounds: {}, planOnly: false, preview: false });
  return { outcome, io };
}

const refusal = (outcome: WaveOutcome): string => (outcome.kind === 'stopped' ? `${outcome.refusal?.because} ${outcome.refusal?.rejections.map((each) => `${each.kind}: ${each.because}`).join('; ')}` : outcome.kind);

describe('a bugfix wave, before anything touches the tree', () => {
  it('asks for the test first, sees it red, shows that red to the fix, and is ready when the pair is green', async () => {
    const { outcome, io } = await wave([test, fix]);
    expect(outcome.kind).toBe('ready');
    expect(io.model.calls.map((call) => call.taskId)).toEqual(['w1-test', 'w1-backend']);
    expect(io.model.calls[1]?.prompt).toMatch(/red on base[\s\S]*is free from 50/);
    expect(outcome.kind === 'ready' && [...outcome.answers.changed.keys()]).toEqual(['packages/backend/src/checkout.spec.ts', 'packages/contracts/src/fee.ts']);
    expect(io.openTrees.size).toBe(0);
  });

  it('shows what is asked for and grants a path of the domain, at most twice', async () => {
    const needs = 'status: needs\nwhy: to see it\nread:\n- packages/web/src/page.ts\nedit:\n- packages/web/src/page.ts\n';
    const { outcome, io } = await wave([test, needs, needs, needs, fix]);
    expect(io.model.calls[2]?.prompt).toMatch(/packages\/web\/src\/page\.ts: not readable, or outside your domain/);
    expect(io.model.calls[4]?.prompt).toMatch(/no context rounds are left/);
    expect(outcome.kind).toBe('ready');
  });

  it('says in the next prompt which new file was granted, and forgets the refusal that this answers', async () => {
    const pattern = 'status: needs\nedit:\n- packages/shop/migrations/*.sql\n- packages/web/src/page.ts\n';
    const named = 'status: needs\nedit:\n- packages/shop/migrations/002_fee.sql\n';
    const migration = create('packages/shop/migrations/002_fee.sql', 'update fees set free_from = 50;\n');
    const wider = policySchema.parse({ specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**', 'packages/shop/migrations/**'] }] });
    const io = fakeIo({
      commits: { base: { ...files, 'packages/shop/migrations/001_fees.sql': 'create table fees (free_from int);\n' } }, runTests,
      graph: graphOf({ shop: ['backend'], backend: ['contracts'], contracts: [], web: [] }, undefined), replies: [test, pattern, named, `${fix.replace('END OF REPLY', migration)}`],
    });
    const outcome = await runWave(io, { goal, base: 'base', policy: wider, specialists: specialistsOf(wider), conventions: '', waveIndex: 1, findings: [], rounds: {}, planOnly: false, preview: false });
    expect(io.model.calls[2]?.prompt).toMatch(/packages\/shop\/migrations\/\*\.sql: a pattern is neither shown nor granted\. Name each file by its path/);
    expect(io.model.calls[2]?.prompt).toMatch(/packages\/web\/src\/page\.ts: not readable, or outside your domain/);
    expect(io.model.calls[3]?.prompt).toMatch(/files that match one of\n\n- `packages\/shop\/migrations\/002_fee\.sql`/);
    expect(io.model.calls[3]?.prompt).not.toMatch(/no such text file/);
    expect(outcome.kind === 'ready' && [...outcome.answers.changed.keys()]).toContain('packages/shop/migrations/002_fee.sql');
  });

  it('stops with the question of a specialist', async () => {
    const { outcome } = await wave([test, 'status: question\nquestion: Is 50 gross or net?\n']);
    expect(outcome).toMatchObject({ kind: 'stopped', question: { taskId: 'w1-backend', text: expect.stringContaining('gross or net') } });
  });

  it('goes on without a specialist that declines while another one may fix the bug, and stops when nobody does', async () => {
    const both: OrchestrationGoal = { ...goal, targetFiles: ['packages/contracts/src/fee.ts', 'packages/web/src/page.ts'] };
    const ask = (replies: readonly string[]) => {
      const io = fakeIo({ commits: { base: files }, graph: graphOf({ backend: ['contracts'], contracts: [], web: ['contracts'] }, undefined), runTests, replies });
      return runWave(io, { goal: both, base: 'base', policy, specialists: specialistsOf(policy), conventions: '', waveIndex: 1, findings: [], rounds: {}, planOnly: false, preview: false });
    };
    const decline = 'status: decline\ndecline: The cause lies in the server.\n';
    const outcome = await ask([test, fix, decline]);
    expect(outcome.kind === 'ready' && outcome.answers.tasks.map(({ task, output }) => [task.id, output.edits.length, output.notes.summary])).toEqual([
      ['w1-test', 1, undefined], ['w1-backend', 1, undefined], ['w1-frontend', 0, 'Declined: The cause lies in the server.'],
    ]);
    expect(refusal(await ask([test, decline, decline]))).toMatch(/declined: The cause lies in the server/);
  });

  it('stops when a specialist declines', async () => {
    const { outcome } = await wave(['status: decline\ndecline: This is not a bug.\n']);
    expect(refusal(outcome)).toMatch(/declined: This is not a bug/);
  });

  it('sends a test that passes on base back once, and then gives up', async () => {
    const green = edits(block('packages/backend/src/checkout.spec.ts', "it('is free from 80', () => {", "it('is free from 90', () => {\n  expect(checkout(90)).toBe(90);\n});\n\nit('is free from 80', () => {"));
    const { outcome, io } = await wave([green, green]);
    expect(io.model.calls[1]?.prompt).toMatch(/does not reproduce the bug/);
    expect(refusal(outcome)).toMatch(/not red on the base commit/);
  });

  it('leaves it to a person when the runner of the test is not supported', async () => {
    const { outcome } = await wave([test], { runTests: (request) => ({ ...runTests(request), runner: 'unsupported', cases: [] }) });
    expect(outcome).toMatchObject({ kind: 'stopped', refusal: { unjudged: true } });
  });

  it('gives a fix that does not hold one evidence round, and never more', async () => {
    const { outcome, io } = await wave([test, wrongFix, wrongFix]);
    expect(io.model.calls[2]?.prompt).toMatch(/With your edits the tests still fail/);
    expect(outcome.kind).toBe('not-proved');
    expect((await wave([test, wrongFix, fix])).outcome.kind).toBe('ready');
  });

  it('names in the evidence round what the edit may concern as well, and files what the edit calls for', async () => {
    const caller = "import { deliveryFee } from '@shop/contracts';\n\nexport const quote = (total: number): string => `${deliveryFee(total)} EUR`;\n";
    const commits = { base: { ...files, 'packages/contracts/src/index.ts': "export * from './fee';\n", 'packages/backend/src/quote.ts': caller } };
    const wider = (operator: string, free: string): string => edits(
      block('packages/contracts/src/fee.ts', 'export function deliveryFee(total: number): number {\n  return total > 50 ? 0 : 4.9;', `export function deliveryFee(total: number, free = 50): number {\n  return total ${operator} free ? ${free} : 4.9;`),
    );
    const wrong = await wave([test, wider('>', '0'), fix], { commits });
    expect(wrong.io.model.calls[2]?.prompt).toMatch(/Files that your edits may concern as well[\s\S]*- packages\/backend\/src\/quote\.ts: .*imports deliveryFee of packages\/contracts\/src\/fee\.ts, whose signature changed/);
    const right = await wave([test, edits(block('packages/contracts/src/fee.ts', 'export function deliveryFee(total: number): number {\n  return total > 50 ? 0 : 4.9;', 'export function deliveryFee(total: number, free = 50): number {\n  // 50 ? 0\n  return total >= 50 ? 0 : 4.9;'))], { commits });
    const filed = right.outcome.kind === 'ready' ? right.outcome.answers.tasks.flatMap(({ output }) => output.followUpTasks) : [];
    expect(filed.map(({ paths }) => paths)).toEqual([['packages/backend/src/checkout.ts'], ['packages/backend/src/quote.ts']]);
    expect(filed[1]).toMatchObject({ title: 'Look at packages/backend/src/quote.ts', detail: expect.stringContaining('whose signature changed') });
    const plain = await wave([test, fix], { commits });
    expect(plain.outcome.kind === 'ready' && plain.outcome.answers.tasks.flatMap(({ output }) => output.followUpTasks)).toEqual([]);
  });

  it('never asks for the fix of a test that is not there', async () => {
    const { outcome, io } = await wave(() => ({ kind: 'pending', promptPath: 'p', replyPath: 'r' }));
    expect(outcome).toMatchObject({ kind: 'stopped', pending: [{ taskId: 'w1-test' }], waiting: ['w1-backend'] });
    expect(io.model.calls).toHaveLength(1);
  });

  it('never parses a reply that its provider calls unusable, however whole it looks', async () => {
    const cut = { kind: 'reply' as const, text: fix, model: 'm', unusable: 'the reply was cut off at its length limit' };
    const { outcome, io } = await wave([test, cut, fix]);
    expect(io.model.calls[2]?.prompt).toMatch(/malformed: the reply was cut off at its length limit/);
    expect(outcome.kind).toBe('ready');
  });

  it('goes back with what was wrong, and ends after the allowed rounds', async () => {
    const { outcome, io } = await wave([test, 'nonsense', 'nonsense', 'nonsense', 'nonsense']);
    expect(io.model.calls).toHaveLength(5);
    expect(refusal(outcome)).toMatch(/no reply could be used/);
  });

  it('writes what the model saw and said beside the wave', async () => {
    const { io } = await wave([test, fix]);
    expect(io.packets.map(({ packet, round }) => [packet.task.id, round])).toEqual([['w1-test', 1], ['w1-backend', 1]]);
    expect([...io.replies.keys()]).toEqual(['free-delivery/w1-test.1', 'free-delivery/w1-backend.1']);
  });
});

describe('a reply that may not be', () => {
  const always = (reply: string): FakeWorld['replies'] => (request) => (request.taskId === 'w1-test' ? test : reply);
  it.each<[string, string, RegExp]>([
    ['edits a test as a builder', edits(block('packages/backend/src/checkout.spec.ts', '  expect(checkout(80)).toBe(80);', '  expect(true).toBe(true);')), /outside-lease/],
    ['edits another project', edits(block('packages/web/src/page.ts', 'export const page = 1;', 'export const page = 2;')), /outside-lease/],
    ['climbs out of the workspace', edits(create('../outside.ts', 'x')), /path-refused/],
    ['edits a protected file', edits(create('packages/contracts/jest.config.js', 'x')), /protected/],
    ['edits lines it was never shown', edits(block('packages/contracts/src/fee.ts', '  return nothing like it;', 'x')), /not-shown|no-match/],
    ['imports a package nobody declares', edits(create('packages/contracts/src/new.ts', "import leftPad from 'left-pad';\nexport const a = leftPad;")), /"left-pad" is imported and the package does not declare it/],
    ['imports a file that is not there', edits(create('packages/contracts/src/new.ts', "import { a } from './nowhere';\nexport const b = a;")), /no such file exists/],
    ['changes nothing', edits(block('packages/contracts/src/fee.ts', '  return total > 50 ? 0 : 4.9;', '  return total > 50 ? 0 : 4.9;')), /no-effect/],
  ])('is refused when it %s', async (_what, reply, reason) => {
    const { outcome } = await wave(always(reply));
    expect(refusal(outcome)).toMatch(reason);
  });

  it('is refused for lines that were not shown, unless its author worked in a clone and read the file there', async () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, index) => `export const value${index} = ${index};`).join('\n');
    const long = { ...files, 'packages/contracts/src/long.ts': `${lines(3000)}\n` };
    const unseen = edits(block('packages/contracts/src/long.ts', 'export const value2900 = 2900;', 'export const value2900 = 1;'), block('packages/contracts/src/fee.ts', '  return total > 50 ? 0 : 4.9;', '  return total >= 50 ? 0 : 4.9;'));
    const answer = (sawFiles: boolean): FakeWorld['replies'] => ({ taskId }) => (taskId === 'w1-test' ? test : { kind: 'reply', text: unseen, model: 'm', sawFiles });
    expect(refusal((await wave(answer(false), { commits: { base: long } })).outcome)).toMatch(/not-shown/);
    expect((await wave(answer(true), { commits: { base: long } })).outcome.kind).toBe('ready');
  });

  it('is refused where the disk says that a path leads elsewhere', async () => {
    const { outcome } = await wave([test, fix, fix, fix, fix], { refusedPaths: { 'packages/contracts/src/fee.ts': 'it is a symbolic link' } });
    expect(refusal(outcome)).toMatch(/symbolic link/);
  });
});

describe('tasks that need one another not', () => {
  const feature: OrchestrationGoal = { id: 'banner', type: 'feature', title: 'A banner', description: 'A banner on the page, and its text.', affectedModules: ['contracts', 'web'] };
  const one = edits(create('packages/contracts/src/banner.ts', 'export const banner = 1;'));
  const two = edits(create('packages/web/src/banner.ts', 'export const banner = 2;'));
  const begin = async (parallelTasks: number) => {
    let open = 0;
    let most = 0;
    const io = fakeIo({ commits: { base: files }, graph: graphOf({ backend: [], contracts: [], web: [] }), runTests, replies: [] });
    const model = {
      provider: 'fake',
      ask: async ({ taskId }: { readonly taskId: string }) => {
        open += 1;
        most = Math.max(most, open);
        for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
        open -= 1;
        const text = { 'w1-backend': one, 'w1-frontend': two }[taskId] ?? 'status: decline\ndecline: no test here\n';
        return { kind: 'reply' as const, text, model: 'm' };
      },
    };
    const outcome = await runWave({ ...io, model }, { goal: feature, base: 'base', policy: { ...policy, budgets: { ...policy.budgets, parallelTasks } }, specialists: specialistsOf(policy).filter((each) => each.name !== 'test'), conventions: '', waveIndex: 1, findings: [], rounds: {}, planOnly: false, preview: false });
    return { outcome, most };
  };

  it('are asked one after the other unless told otherwise, and then at the same time, with the same result', async () => {
    const [inTurn, together] = [await begin(1), await begin(4)];
    expect([inTurn.most, together.most]).toEqual([1, 2]);
    const changed = (outcome: WaveOutcome): readonly string[] => (outcome.kind === 'ready' ? [...outcome.answers.changed.keys()] : [outcome.kind]);
    expect(changed(inTurn.outcome)).toEqual(['packages/contracts/src/banner.ts', 'packages/web/src/banner.ts']);
    expect(changed(together.outcome)).toEqual(changed(inTurn.outcome));
  });
});

describe('what a specialist is shown', () => {
  it('never holds a file with a secret in it, and says that one was held back', async () => {
    const { io } = await wave([test, fix], { commits: { base: { ...files, 'packages/backend/src/config.ts': "export const key = 'PLANTED-KEY'; // checkout delivery fee\n" } }, secrets: ['PLANTED-KEY'] });
    for (const call of io.model.calls) {
      expect(call.prompt).not.toContain('PLANTED-KEY');
    }
  });

  it('never holds a secret that a reply put into a path it asks for', async () => {
    const asking = 'status: needs\nread:\n- packages/backend/src/checkout.ts\nedit:\n- packages/contracts/src/PLANTED-KEY.ts\n- elsewhere/PLANTED-KEY.ts\n';
    const { io } = await wave([test, asking, fix], { secrets: ['PLANTED-KEY'] });
    expect(io.model.calls[2]?.prompt).toMatch(/### Not granted[\s\S]*packages\/contracts\/src\/\[redacted\]\.ts, elsewhere\/\[redacted\]\.ts/);
    for (const call of io.model.calls) expect(call.prompt).not.toContain('PLANTED-KEY');
  });

  it('never holds a secret that a test printed, or that a refused reply repeated', async () => {
    const leaking = (request: FakeTestRequest): TestRun => ({ ...runTests(request), tail: 'the token is PLANTED-KEY' });
    const { io } = await wave([test, `PLANTED-KEY ${wrongFix.replace('> 50', '> 51')}`, wrongFix, fix], { runTests: leaking, secrets: ['PLANTED-KEY'] });
    expect(io.model.calls[1]?.prompt).toContain('the token is [redacted]');
    for (const call of io.model.calls) {
      expect(call.prompt).not.toContain('PLANTED-KEY');
    }
    for (const { packet } of io.packets) {
      expect(JSON.stringify(packet)).not.toContain('PLANTED-KEY');
    }
  });

  it('is the same to the byte in two runs', async () => {
    const [one, two] = [await wave([test, fix]), await wave([test, fix])];
    expect(one.io.model.calls.map((call) => call.prompt)).toEqual(two.io.model.calls.map((call) => call.prompt));
  });
});

describe('a wave that may not begin', () => {
  it('names the uncommitted files that the lease reaches', async () => {
    await expect(wave([test, fix], { working: { ...files, 'packages/contracts/src/fee.ts': 'mine\n' } })).rejects.toThrow(/uncommitted changes[\s\S]*packages\/contracts\/src\/fee\.ts/);
  });

  it('leaves uncommitted work elsewhere alone', async () => {
    const { outcome } = await wave([test, fix], { working: { ...files, 'packages/web/src/page.ts': 'mine\n' } });
    expect(outcome.kind).toBe('ready');
  });
});

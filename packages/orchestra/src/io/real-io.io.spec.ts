import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../model';
import { createIo } from './real-io';
import { type TempRepository, tempRepository } from './testing/temp-repository';

const recordings = 'orchestra/recordings/leak/w1-test.1';
const request = { goalId: 'leak', taskId: 'w1-test', round: 1, prompt: 'a new prompt', files: {} };

let temp: TempRepository;
beforeEach(() => {
  temp = tempRepository({
    'src/a.ts': 'a\n', '.gitignore': '.orchestra/\n',
    [`${recordings}.md`]: 'the reply', [`${recordings}.json`]: JSON.stringify({ version: 1, promptHash: sha256('the old prompt'), model: 'm', files: {} }),
  });
});
afterEach(() => temp.dispose());

test('every neighbour answers for the same root', async () => {
  const io = await createIo(temp.root, { provider: 'handoff', quiet: true });
  expect(await io.repository.head()).toBe(temp.git('rev-parse', 'HEAD'));
  expect(await io.secrets.scan(new Map([['.env', '']]))).toEqual(new Map([['.env', 1]]));
  symlinkSync('/etc', join(temp.root, 'out'));
  expect(await io.checkRealPaths(['src/a.ts', 'out/x'])).toMatchObject([{ path: 'out/x' }]);
  await io.index.write('index-v1', new Map([['k', 1]]));
  expect(await io.index.read('index-v1', ['k'])).toEqual(new Map([['k', 1]]));
  expect(await io.model.ask(request)).toMatchObject({ kind: 'pending' });
  expect(await io.records.states()).toEqual([]);
  expect(await io.repository.dirtyPaths()).toEqual(['out']);
});

test('the provider is the one that was asked for, strictness with it', async () => {
  const replay = await createIo(temp.root, { provider: 'replay', quiet: true });
  expect([replay.model.provider, await replay.model.ask(request)]).toEqual(['replay', expect.objectContaining({ text: 'the reply', warning: expect.any(String) })]);
  const strict = await createIo(temp.root, { provider: 'replay', strict: true, quiet: true });
  await expect(strict.model.ask(request)).rejects.toThrow('--strict');
  expect((await createIo(temp.root, { provider: 'handoff' })).model.provider).toBe('handoff');
});

test('building the world loads none of the heavy libraries, and no neighbour that a plan does not ask', () => {
  const script = `require(${JSON.stringify(join(__dirname, 'real-io.ts'))}).createIo(${JSON.stringify(temp.root)}, { provider: 'handoff' }).then(() => console.log(Object.keys(require.cache).join('\\n')));`;
  const loaded = execFileSync(process.execPath, ['-r', '@swc-node/register', '-e', script], { cwd: __dirname, encoding: 'utf8' });
  expect(loaded).toMatch(/io\/real-io\.ts/);
  expect(loaded.match(/node_modules\/(?:@secretlint|@nx\/devkit|nx|ts-morph|gpt-tokenizer|openai)\/.*/g)).toBeNull();
  expect(loaded.match(/io\/(?:models\/(?:command|openai|replay|record)|scratch-trees|target-runner|test-runner).*/g)).toBeNull();
});

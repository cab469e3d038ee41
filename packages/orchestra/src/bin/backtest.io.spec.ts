import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tempRepository, type TempRepository } from '../io/testing/temp-repository';
import type { BacktestCase, BacktestSummary, CaseResult } from '../model';
import { backtestCommand } from './backtest';

let repository: TempRepository;
let bare: string;
let folder: string;
let cases: readonly BacktestCase[];

const filler = (name: string): string => Array.from({ length: 40 }, (_, line) => `export function ${name}${line}(value: number): number {\n  return value + ${line};\n}\n`).join('\n');
const invoice = (tax: string): string => `export function invoiceTotal(net: number): number {\n  return net ${tax};\n}\n`;
const greeting = (word: string): string => `export const greeting = (name: string): string => \`${word} \${name}\`;\n`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backtest-'));
  repository = tempRepository({
    'package.json': '{ "name": "root" }', 'packages/shop/package.json': '{ "name": "@x/shop" }', 'packages/shop/src/invoice.ts': invoice(''), 'packages/shop/src/invoice.spec.ts': "import './invoice';\n",
    'packages/web/src/greeting.ts': greeting('Hello'), 'packages/web/src/numbers.ts': filler('number'), 'packages/web/src/letters.ts': filler('letter'),
  });
  const parent = repository.git('rev-parse', 'HEAD');
  const first = repository.commit({ 'packages/shop/src/invoice.ts': invoice('* 1.19'), 'packages/shop/src/invoice.spec.ts': "import './invoice';\n// more\n" }, 'fix(shop): invoice total lacks the tax\n\nIn packages/shop/src/invoice.ts the total was net.\n\nSigned-off-by: A');
  const second = repository.commit({ 'packages/web/src/greeting.ts': greeting('Good day') }, 'fix: greeting is too familiar');
  repository.commit({ 'packages/web/src/letters.ts': filler('letters') }, 'feat: letters for the invoice total and its tax');
  cases = [
    { id: 'tax', sha: first, parent, problemStatement: 'Invoice total lacks the tax' },
    { id: 'greeting', sha: second, parent: first, problemStatement: 'The greeting is too familiar', sourceFiles: ['packages/web/src/greeting.ts'] },
    { id: 'tax-again', sha: first, parent, problemStatement: 'invoiceTotal() answers the net amount' },
  ];
  bare = join(folder, 'bare.git');
  repository.git('clone', '-q', '--bare', repository.root, bare);
});
afterAll(() => {
  repository.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const silent = { step: () => undefined, note: () => undefined };
const casesFile = (name: string, lines: readonly unknown[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`);
  return path;
};
let caches = 0;
const freshCache = (): string => join(folder, `cache-${(caches += 1)}`);

async function backtest(...args: readonly string[]): Promise<{ readonly cases: readonly CaseResult[]; readonly summary: BacktestSummary }> {
  const json = join(folder, `out-${Math.random()}.json`);
  const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    expect(await backtestCommand(['--cache', freshCache(), ...args, '--json', json], silent)).toBe(0);
  } finally {
    printed.mockRestore();
  }
  return JSON.parse(readFileSync(json, 'utf8'));
}

describe('orchestra backtest', () => {
  it('ranks and packs the parent of every case from a bare clone, with reasons, ranges and what of the fix was shown', async () => {
    const result = await backtest('--repo', bare, '--cases', casesFile('all.jsonl', cases));
    const [tax, greetings] = result.cases;
    expect(tax?.ranked[0]).toEqual({ path: 'packages/shop/src/invoice.ts', score: expect.any(Number), because: expect.arrayContaining([{ kind: 'text', detail: expect.stringContaining('invoic') }]) });
    expect(tax?.gold).toEqual([{ path: 'packages/shop/src/invoice.ts', rank: 1, hunks: 1, shownHunks: 1, shown: true }]);
    expect(tax?.packet.files[0]).toEqual({ path: 'packages/shop/src/invoice.ts', mode: 'whole', ranges: [] });
    expect(greetings?.gold[0]).toMatchObject({ path: 'packages/web/src/greeting.ts', rank: 1 });
    expect(result.summary).toMatchObject({ cases: 3, goldFiles: 3, recall: { 1: 1, 5: 1, 10: 1, 20: 1 }, allGoldAt10: 1, packet: { files: 1, hunks: 1, overBudget: 0 }, byKind: { prose: { cases: 2 }, 'names-code': { cases: 1 } }, budget: 16000, history: true });
  });

  it('knows nothing that came after the parent', async () => {
    const { cases: [tax] } = await backtest('--repo', bare, '--cases', casesFile('one.jsonl', cases.slice(0, 1)));
    const letters = tax?.ranked.find(({ path }) => path.endsWith('letters.ts'));
    expect(letters?.because.filter(({ kind }) => kind === 'commit-message' || kind === 'similar-commit')).toEqual([]);
    expect(JSON.stringify(tax)).not.toContain('letters for the invoice');
  });

  it('keeps to a small budget, and does without history when told', async () => {
    const { cases: [tax], summary } = await backtest('--repo', bare, '--cases', casesFile('one.jsonl', cases.slice(0, 1)), '--budget', '120', '--no-history');
    expect(tax?.packet.tokens).toBeLessThanOrEqual(120);
    expect(summary).toMatchObject({ budget: 120, history: false, packet: { overBudget: 0 } });
    expect(tax?.ranked.flatMap(({ because }) => because).filter(({ kind }) => kind === 'recency' || kind.includes('commit'))).toEqual([]);
  });

  it('goes on after a kill with what was finished, and comes to the same result', async () => {
    const cache = freshCache();
    const file = casesFile('all.jsonl', cases);
    const args = ['--repo', bare, '--cases', file, '--cache', cache];
    await killedAtCase(3, args);
    const notes: string[] = [];
    const steps: string[] = [];
    const json = join(folder, 'resumed.json');
    const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await backtestCommand([...args, '--json', json], { step: (text) => void steps.push(text), note: (text) => void notes.push(text) });
    printed.mockRestore();
    expect(notes).toEqual(['2 of 3 cases are kept from an earlier run.']);
    expect(steps.filter((text) => text.startsWith('case'))).toEqual(['case 3 of 3: tax-again']);
    const untimed = ({ cases: all }: { readonly cases: readonly CaseResult[] }) => all.map((each) => ({ ...each, ms: 0, indexMs: 0 }));
    expect(untimed(JSON.parse(readFileSync(json, 'utf8')))).toEqual(untimed(await backtest('--repo', bare, '--cases', file)));
  });

  it('runs a kept case again when its text changes', async () => {
    const cache = freshCache();
    const stepsOf = async (statement: string): Promise<number> => {
      let count = 0;
      const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
      await backtestCommand(['--repo', bare, '--cache', cache, '--cases', casesFile('changing.jsonl', [{ ...cases[0], problemStatement: statement }])], { ...silent, step: (text) => void (count += text.startsWith('case') ? 1 : 0) });
      printed.mockRestore();
      return count;
    };
    expect([await stepsOf('tax'), await stepsOf('tax'), await stepsOf('tax is lacking')]).toEqual([1, 0, 1]);
  });

  it('has a ranker asked by files: prompts are written, cases without a reply left out, and read once it is there', async () => {
    const handoff = join(folder, 'handoff');
    const args = ['--repo', bare, '--cases', casesFile('all.jsonl', cases), '--ranker', 'model', '--handoff', handoff];
    const waiting = await backtest(...args);
    expect([waiting.cases.length, readdirSync(join(handoff, 'prompts')).sort()]).toEqual([0, ['01.md', '02.md', '03.md']]);
    expect(readFileSync(join(handoff, 'prompts', '02.md'), 'utf8')).toMatch(/The greeting is too familiar[^]*packages\/web\/src\/greeting\.ts/);
    mkdirSync(join(handoff, 'replies'));
    writeFileSync(join(handoff, 'replies', '01.md'), 'packages/web/src/numbers.ts\npackages/shop/src/nowhere.ts\nEND OF REPLY\n');
    writeFileSync(join(handoff, 'replies', '02.md'), 'I do not know.\n');
    const { cases: [tax, greetings, ...more], summary } = await backtest(...args);
    expect([tax?.ranked.map(({ path }) => path).slice(0, 2), tax?.gold[0]?.rank, tax?.order]).toEqual([['packages/web/src/numbers.ts', 'packages/shop/src/invoice.ts'], 2, { promptTokens: expect.any(Number), named: 1, dropped: 1 }]);
    expect([greetings?.gold[0]?.rank, greetings?.order?.unused, more]).toEqual([1, expect.stringMatching(/no line of it names/), []]);
    expect(summary.order).toEqual({ cases: 2, unused: 1, dropped: 2, medianTokens: expect.any(Number), mostTokens: expect.any(Number) });
    writeFileSync(join(handoff, 'prompts', '02.md'), 'another prompt');
    expect((await backtest(...args)).cases.map(({ id }) => id)).toEqual(['tax']);
  });

  it('makes cases of the newest fixes: what was changed is left out of the text, tests are no gold', async () => {
    const { cases: found } = await backtest('--repo', repository.root, '--last', '5');
    expect(found.map(({ gold }) => gold.map(({ path }) => path))).toEqual([['packages/web/src/greeting.ts'], ['packages/shop/src/invoice.ts']]);
    expect(found[1]?.ranked.flatMap(({ because }) => because).map(({ kind }) => kind)).not.toContain('explicit-target');
    expect(found[1]?.kind).toBe('prose');
    const others = await backtest('--repo', bare, '--last', '5', '--except', casesFile('except.jsonl', cases.slice(0, 1)));
    expect(others.cases.map(({ gold }) => gold[0]?.path)).toEqual(['packages/web/src/greeting.ts']);
  });

  it('fits weights on the older fixes, asks the newest, writes no policy, and goes on with what it has', async () => {
    const names = Array.from({ length: 31 }, (_, place) => `zo${'abcdefghijklmnopqrstuvwxyz'[place % 26]}${place < 26 ? 'ra' : 'mu'}`);
    const shop = tempRepository({ 'package.json': '{ "name": "shop" }', 'orchestra/orchestra.json': '{ "ranking": { "weights": { "text": 2 } } }', ...Object.fromEntries(names.map((name) => [`src/${name}.ts`, `export const ${name} = 1;\n`])) });
    try {
      for (const name of names) shop.commit({ [`src/${name}.ts`]: `export const ${name} = 2;\n` }, `fix: ${name} is one too low`);
      const json = join(folder, 'calibration.json');
      const args = ['--repo', shop.root, '--last', '31', '--calibrate', '--cache', freshCache(), '--json', json];
      const steps: string[] = [];
      const told = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
      await backtestCommand(args, { ...silent, step: (text) => void steps.push(text) });
      const first = readFileSync(json, 'utf8');
      expect(told.mock.calls.join('')).toContain('nothing is proposed');
      expect(JSON.parse(first)).toEqual({ calibration: expect.objectContaining({ fitted: 21, heldOut: 10, better: false, current: expect.objectContaining({ text: 2, chunks: 1 }), before: expect.objectContaining({ goldFiles: 10 }) }) });
      expect(steps.some((text) => text.startsWith('indexing'))).toBe(true);
      steps.length = 0;
      await backtestCommand(args, { ...silent, step: (text) => void steps.push(text) });
      told.mockRestore();
      expect(readFileSync(json, 'utf8')).toBe(first);
      expect(steps).toEqual([]);
      expect(shop.git('status', '--porcelain')).toBe('');
    } finally {
      shop.dispose();
    }
  });

  it('refuses to calibrate on a handful of fixes', async () => {
    await expect(backtestCommand(['--repo', bare, '--last', '29', '--calibrate'], silent)).rejects.toMatchObject({ kind: 'input', message: expect.stringContaining('--calibrate goes with --last of at least 30') });
    await expect(backtestCommand(['--repo', bare, '--last', '30', '--calibrate'], silent)).rejects.toMatchObject({ kind: 'input', message: expect.stringContaining('holds 2 such fixes') });
  });

  it('refuses bad case lines before it runs any, all at once', async () => {
    const file = casesFile('bad.jsonl', [cases[0], 'not json', { id: 'a' }, { ...cases[1], sha: 'HEAD; rm' }, { ...cases[0], problemStatement: ' ' }, { ...cases[0] }]);
    await expect(backtestCommand(['--repo', bare, '--cases', file], silent)).rejects.toMatchObject({
      kind: 'input',
      message: [
        `${file}:`, '  - line 2: not a JSON object', '  - line 3: sha: is required (string)', '  - line 3: parent: is required (string)', '  - line 3: problemStatement: is required (string)',
        '  - line 4: sha: must be a commit id (7 to 64 hex digits)', '  - line 5: problemStatement: must not be empty', '  - line 6: the id "tax" is that of line 1',
      ].join('\n'),
    });
    const unknown = casesFile('unknown.jsonl', [{ ...cases[0], sha: 'abcdef1234', parent: 'abcdef9999' }]);
    await expect(backtestCommand(['--repo', bare, '--cases', unknown], silent)).rejects.toThrow('  - case tax: the repository has no commit abcdef1234\n  - case tax: the repository has no commit abcdef9999');
  });

  it.each<[string, readonly string[], string]>([
    ['every mistake at once', ['--budget', '0'], '--repo is required\neither --cases or --last is required\n--budget must be a whole number above 0, not "0"'],
    ['a ranker without a folder for it, and one that is none', ['--repo', '.', '--last', '3', '--ranker', 'human'], '--ranker must be "model", not "human"\n--ranker model and --handoff <folder> go together'],
    ['two sources of cases', ['--repo', '.', '--cases', 'a', '--last', '3'], 'either --cases or --last is required'],
    ['an unknown option', ['--repos', 'x'], 'repos'],
    ['a file that is not there', ['--repo', '.', '--cases', '/nowhere/cases.jsonl'], '/nowhere/cases.jsonl cannot be read'],
  ])('says %s', async (_name, args, message) => {
    await expect(backtestCommand(args, silent)).rejects.toMatchObject({ kind: 'input', message: expect.stringContaining(message) });
  });
});

/** The command in a process of its own, killed without notice when it begins that case. */
async function killedAtCase(number: number, args: readonly string[]): Promise<void> {
  // From source: `import('./x.js')` is how nodenext spells what lies there as `x.ts`.
  const fromSource = "const modules = require('node:module'); const find = modules._resolveFilename; modules._resolveFilename = (request, ...rest) => find(request.replace(/^(\\.{1,2}\\/.*)\\.js$/, '$1'), ...rest);";
  const script = `${fromSource} require(${JSON.stringify(join(__dirname, 'backtest.ts'))}).backtestCommand(${JSON.stringify(args)}, { step: (text) => text.startsWith('case ${number} ') && process.kill(process.pid, 'SIGKILL'), note() {} });`;
  const child = spawn(process.execPath, ['-r', '@swc-node/register', '-e', script], { cwd: __dirname, stdio: ['ignore', 'ignore', 'inherit'] });
  const signal = await new Promise((ended) => child.once('exit', (_code, by) => ended(by)));
  expect(signal).toBe('SIGKILL');
}

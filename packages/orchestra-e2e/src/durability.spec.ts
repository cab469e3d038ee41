import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { soundFix, soundTest, withManyFiles, wrongFix } from './replies';
import { type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';
import { watch, type WatchedRun } from './watched-run';

const id = 'free-delivery';
const goOn = (shop: ShopWorkspace): Run => shop.wave(`--continue=${id}`, '--provider=handoff');
const goOnWatched = (shop: ShopWorkspace): WatchedRun => watch(shop, 'g', '@aisha/orchestra:wave', `--continue=${id}`, '--provider=handoff');
const opened: ShopWorkspace[] = [];
const keep = (shop: ShopWorkspace): ShopWorkspace => (opened.push(shop), shop);
const journalOf = (shop: ShopWorkspace): string => join(shop.root, `.orchestra/journal/${id}.1.json`);
const journalPhase = (shop: ShopWorkspace): string => (existsSync(journalOf(shop)) ? /"phase":"(\w+)"/.exec(readFileSync(journalOf(shop), 'utf8'))?.[1] ?? '' : '');

interface Prepared {
  /** Both replies lie there, nothing is applied. */
  readonly ready: ShopWorkspace;
  /** Fingerprints: before the first command, and with the whole wave in the tree and accepted. */
  readonly untouched: string;
  readonly whole: string;
}

const fixtures = 'packages/backend/src/__fixtures__';

function prepare(test: string, policy: Readonly<Record<string, string>> = {}): Prepared {
  const ready = keep(shopWorkspace(policy));
  const untouched = ready.fingerprint();
  ready.wave(`orchestra/goals/${id}.json`, '--provider=handoff');
  ready.reply(id, 'w1-test', 1, test);
  const half = goOn(ready);
  expect(half.output).toMatch(/Missing: the reply of w1-backend/);
  ready.reply(id, 'w1-backend', 1, soundFix);
  const reference = keep(ready.copy());
  const run = goOn(reference);
  return { ready, untouched, whole: run.code === 0 || run.code === 1 ? reference.fingerprint() : `no whole wave: ${run.output}` };
}

/** Nothing of a dead process: no scratch tree, no index, no results. */
const leftovers = (shop: ShopWorkspace): readonly string[] => readdirSync(shop.temp).filter((name) => name.startsWith('orchestra-'));

afterAll(() => opened.forEach((shop) => shop.dispose()));

describe('a wave killed with SIGKILL', () => {
  let small: Prepared;
  beforeAll(() => {
    small = prepare(soundTest);
  });

  interface Point {
    readonly at: string;
    readonly reached: (shop: ShopWorkspace, output: string) => boolean;
    readonly next: 'continue' | 'undo';
    readonly before?: (shop: ShopWorkspace) => void;
  }
  const says = (text: RegExp) => (_shop: ShopWorkspace, output: string): boolean => text.test(output);
  const points: readonly Point[] = [
    { at: 'while it indexes', reached: says(/· indexing/), next: 'undo', before: (shop) => rmSync(join(shop.root, '.orchestra/cache'), { recursive: true }) },
    { at: 'at the packet of the test task', reached: says(/w1-test: packet for round 1/), next: 'continue' },
    { at: 'in the red run on base', reached: (shop, output) => /w1-test: running/.test(output) && leftovers(shop).length > 0, next: 'undo' },
    { at: 'at the packet of the fix', reached: says(/w1-backend: packet for round 1/), next: 'undo' },
    { at: 'in the rehearsal', reached: says(/· rehearsing/), next: 'continue' },
    { at: 'when the journal is written', reached: (shop) => journalPhase(shop) === 'flushing', next: 'continue' },
    { at: 'after the flush, before the gate', reached: (shop) => journalPhase(shop) === 'applied', next: 'continue' },
    { at: 'while the gate plans again', reached: says(/gate: planning/), next: 'undo' },
    { at: 'while the gate runs targets', reached: says(/gate: build, test of/), next: 'continue' },
    { at: 'during the proof', reached: says(/proof: .* on base/), next: 'undo' },
  ];

  it.each(points)('$at is whole or gone after the next command', async ({ reached, next, before }) => {
    const shop = keep(small.ready.copy());
    before?.(shop);
    const run = goOnWatched(shop);
    await run.until((output) => reached(shop, output));
    await run.kill();
    if (shop.has(`orchestra/waves/${id}/wave-1/report.json`)) {
      // A gate that was killed has judged nothing, and its report says so.
      expect(JSON.parse(shop.read(`orchestra/waves/${id}/wave-1/report.json`))).toMatchObject({ verdict: { decision: 'unjudged' }, findings: [{ rule: 'evidence-missing', because: expect.stringMatching(/still running, or it was stopped/) }] });
    }
    const after = next === 'continue' ? goOn(shop) : shop.wave(`--undo=${id}`);
    expect(after.output).toMatch(next === 'continue' ? /Wave 1 of "free-delivery": accepted/ : /is undone/);
    expect(after.code).toBe(0);
    expect(shop.fingerprint()).toBe(next === 'continue' ? small.whole : small.untouched);
    expect(leftovers(shop)).toEqual([]);
    expect(shop.has('.orchestra/lock')).toBe(false);
  });

  it('between rounds goes on with the next round', async () => {
    const shop = keep(small.ready.copy());
    shop.reply(id, 'w1-backend', 1, wrongFix);
    const run = goOnWatched(shop);
    await run.until((output) => /one evidence round/.test(output));
    await run.kill();
    expect(goOn(shop).output).toMatch(/Missing: the reply of w1-backend[\s\S]*w1-backend\.2\.prompt\.md/);
    shop.reply(id, 'w1-backend', 2, soundFix);
    expect(goOn(shop).output).toMatch(/Wave 1 of "free-delivery": accepted/);
    expect(leftovers(shop)).toEqual([]);
  });
});

describe('a wave killed while it writes many files', () => {
  let large: Prepared;
  const count = 400;
  beforeAll(() => {
    const policy = JSON.stringify({ gate: 'shop', targets: ['build'], budgets: { filesPerTask: 1000 }, specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }] });
    large = prepare(withManyFiles(soundTest, fixtures, count), { 'orchestra/orchestra.json': policy });
  });
  const written = (shop: ShopWorkspace): number => (shop.has(fixtures) ? readdirSync(join(shop.root, fixtures)).length : 0);

  it('in the middle of the flush is taken back, says so, and goes on to a whole wave', async () => {
    const shop = keep(large.ready.copy());
    const run = goOnWatched(shop);
    await run.until((output) => /· rehearsing/.test(output));
    run.spinUntil(() => written(shop) > 0);
    await run.kill();
    const half = written(shop);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(count);
    const gate = shop.nx('run', 'shop:validate-wave');
    expect(gate.output).toMatch(/A killed run left a wave half written/);
    expect(gate.code).toBe(1);
    const next = goOn(shop);
    expect(next.output).toMatch(/A killed run left wave 1 of "free-delivery" half written: it is undone\./);
    expect(shop.fingerprint()).toBe(large.whole);
  });

  it('in the middle of the flush is taken back whole by --undo', async () => {
    const shop = keep(large.ready.copy());
    const run = goOnWatched(shop);
    await run.until((output) => /· rehearsing/.test(output));
    run.spinUntil(() => written(shop) > 0);
    await run.kill();
    const undone = shop.wave(`--undo=${id}`);
    expect(undone.output).toMatch(/half written: it is undone/);
    expect(undone.code).toBe(0);
    expect(shop.fingerprint()).toBe(large.untouched);
  });

  it('in the middle of an undo has the undo finished by the next command, with no draft left in the tree', async () => {
    const shop = keep(large.ready.copy());
    goOn(shop);
    const run = watch(shop, 'g', '@aisha/orchestra:wave', `--undo=${id}`);
    run.spinUntil(() => written(shop) < count);
    await run.kill();
    expect(written(shop)).toBeGreaterThan(0);
    const next = shop.wave(`--undo=${id}`);
    expect(next.output).toMatch(/half undone: it is undone/);
    expect(next.code).toBe(0);
    expect(shop.fingerprint()).toBe(large.untouched);
  });
});

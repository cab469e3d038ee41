import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelServer, modelServer } from './model-server';
import { soundFix, soundTest } from './replies';
import { type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';
import { watch, type WatchedRun } from './watched-run';

const id = 'free-delivery';
const policy = JSON.stringify({ gate: 'shop', targets: ['build', 'test'], openai: { model: 'm' }, specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }] });
const opened: ShopWorkspace[] = [];
const keep = (shop: ShopWorkspace): ShopWorkspace => (opened.push(shop), shop);
const start = (shop: ShopWorkspace): WatchedRun => watch(shop, 'g', '@aisha/orchestra:wave', `orchestra/goals/${id}.json`, '--provider=openai');

/** As a person would: the same command again, and what its message names when that is not the way on. */
async function goOn(shop: ShopWorkspace): Promise<Run> {
  const again = await start(shop).ended();
  return again.code === 2 && again.output.includes(`--continue=${id}`) ? watch(shop, 'g', '@aisha/orchestra:wave', `--continue=${id}`, '--provider=openai').ended() : again;
}

const keptWhole = (shop: ShopWorkspace, task: string): boolean => {
  const file = join(shop.root, `.orchestra/replies/${id}/${task}.1.jsonl`);
  return existsSync(file) && readFileSync(file, 'utf8').includes('{"end":');
};
const journalPhase = (shop: ShopWorkspace): string => {
  const file = join(shop.root, `.orchestra/journal/${id}.1.json`);
  return existsSync(file) ? (/"phase":"(\w+)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '') : '';
};

describe('a wave on a paid model, killed with SIGKILL', () => {
  let ready: ShopWorkspace;
  let whole: string;
  let server: ModelServer;
  beforeAll(async () => {
    ready = keep(shopWorkspace({ 'orchestra/orchestra.json': policy }));
    server = await modelServer({ 'w1-test': soundTest, 'w1-backend': soundFix });
    process.env['OPENAI_API_KEY'] = 'sk-e2e-0123456789';
    process.env['OPENAI_BASE_URL'] = server.url;
    const reference = keep(ready.copy());
    const run = await start(reference).ended();
    expect(run.output).toMatch(/Wave 1 of "free-delivery": accepted/);
    whole = reference.fingerprint();
    await server.close();
  });
  beforeEach(async () => {
    server = await modelServer({ 'w1-test': soundTest, 'w1-backend': soundFix });
    process.env['OPENAI_BASE_URL'] = server.url;
  });
  afterEach(() => server.close());
  afterAll(() => {
    opened.forEach((shop) => shop.dispose());
    delete process.env['OPENAI_API_KEY'];
    delete process.env['OPENAI_BASE_URL'];
  });

  const says = (text: RegExp) => (_shop: ShopWorkspace, output: string): boolean => text.test(output);
  interface Point {
    readonly at: string;
    readonly reached: (shop: ShopWorkspace, output: string) => boolean;
    readonly hold?: readonly [string, 'before' | 'middle'];
    /** Requests in all: one for each task, and one more for a reply that had not arrived whole. */
    readonly requests: number;
  }
  const points: readonly Point[] = [
    { at: 'before anybody is asked', reached: says(/w1-test: packet for round 1/), requests: 2 },
    { at: 'when the first request is on its way', reached: () => server.holding(), hold: ['w1-test', 'before'], requests: 3 },
    { at: 'in the middle of the first reply', reached: () => server.holding(), hold: ['w1-test', 'middle'], requests: 3 },
    { at: 'when the first reply has arrived', reached: (shop) => keptWhole(shop, 'w1-test'), requests: 2 },
    { at: 'in the red run', reached: says(/w1-test: running/), requests: 2 },
    { at: 'at the packet of the fix', reached: says(/w1-backend: packet for round 1/), requests: 2 },
    { at: 'in the middle of the second reply', reached: () => server.holding(), hold: ['w1-backend', 'middle'], requests: 3 },
    { at: 'when the second reply has arrived', reached: (shop) => keptWhole(shop, 'w1-backend'), requests: 2 },
    { at: 'in the rehearsal', reached: says(/· rehearsing/), requests: 2 },
    { at: 'when the journal is written', reached: (shop) => journalPhase(shop) === 'flushing', requests: 2 },
    { at: 'after the flush', reached: (shop) => journalPhase(shop) === 'applied', requests: 2 },
  ];

  it.each(points)('$at is whole after the same command, and nothing is paid for twice', async ({ reached, hold, requests }) => {
    const shop = keep(ready.copy());
    if (hold !== undefined) server.holdOnce(...hold);
    const run = start(shop);
    await run.until((output) => reached(shop, output));
    await run.kill();
    const after = await goOn(shop);
    expect(after.output).toMatch(/Wave 1 of "free-delivery": accepted/);
    expect(after.code).toBe(0);
    expect(shop.fingerprint()).toBe(whole);
    expect(server.mostWholeReplies()).toBe(1);
    expect(server.asked.length).toBeLessThanOrEqual(requests);
    expect(readdirSync(shop.temp).filter((name) => name.startsWith('orchestra-'))).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { soundFix, soundTest } from './replies';
import { type ShopWorkspace, shopWorkspace } from './shop-workspace';

const id = 'free-delivery';
const records = ['goal.json', 'plan.json', 'wave-1/packet.lock.json', 'wave-1/report.json', 'wave-1/report.md'];
const opened: ShopWorkspace[] = [];
afterAll(() => opened.forEach((shop) => shop.dispose()));

/** A year and more ahead, in the very process that plans and writes, or judges; the lines are kept out of the workspace's commit. */
const movedClock = `const Real = Date; const ahead = 400 * 24 * 3600 * 1000;
globalThis.Date = class extends Real { constructor(...args) { super(...(args.length === 0 ? [Real.now() + ahead] : args)); } static now() { return Real.now() + ahead; } };`;

interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly movedClock: boolean;
}

function nx(shop: ShopWorkspace, surroundings: Surroundings, ...given: string[]): number | null {
  const { args, env } = shop.command(...given);
  shop.write('.nx/clock.js', movedClock);
  const clock = surroundings.movedClock ? { NODE_OPTIONS: `--require=${join(shop.root, '.nx/clock.js')}` } : {};
  return spawnSync(process.execPath, args, { cwd: shop.root, env: { ...env, ...surroundings.env, ...clock }, stdio: 'ignore' }).status;
}

const wave = (shop: ShopWorkspace, surroundings: Surroundings, ...args: string[]): number | null => nx(shop, surroundings, 'g', '@aisha/orchestra:wave', ...args, '--provider=handoff');

/** The gate blocks this one, so that the records hold the output of a runner too. */
function runWhole(shop: ShopWorkspace, surroundings: Surroundings): ReadonlyMap<string, string> {
  wave(shop, surroundings, `orchestra/goals/${id}.json`);
  shop.reply(id, 'w1-test', 1, soundTest);
  wave(shop, surroundings, `--continue=${id}`);
  shop.reply(id, 'w1-backend', 1, soundFix.replace('total >= 50 ? 0 : 4.9', 'total >= 50 && total !== 60 ? 0 : 4.9'));
  expect(wave(shop, surroundings, `--continue=${id}`)).toBe(1);
  // Once more by hand: the gate of a wave is a child that is given no NODE_OPTIONS, and would know nothing of the moved clock.
  expect(nx(shop, surroundings, 'run', 'shop:validate-wave')).toBe(1);
  return new Map(records.map((path) => [path, shop.read(`orchestra/waves/${id}/${path}`)]));
}

describe('the same goal from the same commit', () => {
  it('leaves the same records in another directory, under another clock, time zone and locale', () => {
    const here = shopWorkspace();
    const there = here.copy('a-longer-name.of-a-folder-');
    opened.push(here, there);
    const first = runWhole(here, { env: { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }, movedClock: false });
    const second = runWhole(there, { env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', COLUMNS: '40', FORCE_COLOR: '1' }, movedClock: true });
    expect(readdirSync(join(here.root, `orchestra/waves/${id}/wave-1`)).sort()).toEqual(['packet.lock.json', 'report.json', 'report.md']);
    for (const path of records) {
      expect({ path, text: second.get(path) }).toEqual({ path, text: first.get(path) });
    }
    expect(first.get('wave-1/report.json')).toMatch(/the shop checks out/);
    for (const trace of [here.root, here.temp, there.root, there.temp]) {
      expect([...first.values(), ...second.values()].join('\n')).not.toContain(trace);
    }
  });
});

import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { replaceIn, soundFix, soundTest } from './replies';
import { type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';
import { watch } from './watched-run';

const id = 'free-delivery';
const fee = 'packages/contracts/src/delivery.js';
const opened: ShopWorkspace[] = [];
const keep = (shop: ShopWorkspace): ShopWorkspace => (opened.push(shop), shop);
afterAll(() => opened.forEach((shop) => shop.dispose()));

const start = (shop: ShopWorkspace, goal = id): Run => shop.wave(`orchestra/goals/${goal}.json`, '--provider=handoff');
const goOn = (shop: ShopWorkspace, ...more: string[]): Run => shop.wave(`--continue=${id}`, '--provider=handoff', ...more);
const stateOf = (shop: ShopWorkspace): Record<string, unknown> => JSON.parse(shop.read(`.orchestra/waves/${id}/state.json`)) as Record<string, unknown>;

/** Holds in the rehearsal of its own test, and breaks a test of the shop that pins the old fee of 60. */
const breakingFix = soundFix.replace('total >= 50 ? 0 : 4.9', 'total >= 50 && total !== 60 ? 0 : 4.9');
const secondGoal = { id: 'other', type: 'bugfix', title: 'Orders of exactly 50 pay for delivery at night', description: 'deliveryFee in packages/contracts/src/delivery.js charges 4.90.' };

describe('a wave that the gate blocks after it was applied', () => {
  let blocked: ShopWorkspace;
  let before: string;
  let first: Run;
  beforeAll(() => {
    const crlf = "/** Fee in euros. Free from 50. */\r\nfunction deliveryFee(total) {\r\n  return total > 50 ? 0 : 4.9;\r\n}\r\n\r\nmodule.exports = { deliveryFee };\r\n";
    blocked = keep(shopWorkspace({ [fee]: crlf, 'orchestra/goals/other.json': JSON.stringify(secondGoal) }));
    chmodSync(join(blocked.root, fee), 0o755);
    blocked.git('commit', '--quiet', '-am', 'executable');
    before = blocked.fingerprint();
    start(blocked);
    blocked.reply(id, 'w1-test', 1, soundTest);
    goOn(blocked);
    blocked.reply(id, 'w1-backend', 1, breakingFix);
    first = goOn(blocked);
  });

  it('ends with 1 and says what to type next', () => {
    expect(first.output).toMatch(/Wave 1 of "free-delivery": blocked[\s\S]*--retry=free-delivery[\s\S]*--undo=free-delivery/);
    expect(first.code).toBe(1);
    expect(stateOf(blocked)).toMatchObject({ state: 'blocked', sent: { 'w1-backend': 1, 'w1-test': 1 } });
  });

  it('is given back byte for byte, with its modes and line endings', () => {
    const shop = keep(blocked.copy());
    expect(shop.read(fee)).toMatch(/total !== 60 \? 0 : 4\.9;\r\n/);
    expect(shop.wave(`--undo=${id}`).code).toBe(0);
    expect(shop.fingerprint()).toBe(before);
    expect(statSync(join(shop.root, fee)).mode & 0o777).toBe(0o755);
    expect(shop.git('status', '--porcelain', '-uall')).toBe('');
  });

  it('asks again with the findings and the next round, and the new replies are taken', () => {
    const shop = keep(blocked.copy());
    const again = shop.wave(`--retry=${id}`, '--provider=handoff');
    expect(again.output).toMatch(/Missing: the reply of w1-test[\s\S]*w1-test\.2\.prompt\.md/);
    expect(again.code).toBe(0);
    expect(shop.read(`.orchestra/handoff/${id}/w1-test.2.prompt.md`)).toMatch(/Why the last try was blocked[\s\S]*target-failed/);
    expect(shop.changes()).toEqual([]);
    shop.reply(id, 'w1-test', 2, soundTest);
    expect(goOn(shop).output).toMatch(/w1-backend\.2\.prompt\.md/);
    expect(shop.read(`.orchestra/handoff/${id}/w1-backend.2.prompt.md`)).toMatch(/Why the last try was blocked[\s\S]*target-failed/);
    shop.reply(id, 'w1-backend', 2, soundFix);
    const whole = goOn(shop);
    expect(whole.output).toMatch(/Wave 1 of "free-delivery": accepted/);
    expect(whole.code).toBe(0);
  });

  it.each(['retry', 'undo'])('refuses --%s as a whole once a person has edited a file of it', (command) => {
    const shop = keep(blocked.copy());
    shop.write(fee, `${shop.read(fee)}// mine\n`);
    const edited = shop.fingerprint();
    const refused = shop.wave(`--${command}=${id}`, '--provider=handoff');
    expect(refused.code).toBe(2);
    expect(refused.output).toMatch(/edited by hand[\s\S]*packages\/contracts\/src\/delivery\.js/);
    expect(refused.output).not.toMatch(/checkout\.spec\.js/);
    expect(shop.fingerprint()).toBe(edited);
    expect(stateOf(shop)).toMatchObject({ state: 'blocked' });
  });

  it('stands in the way of a second goal, which names the two ways on', () => {
    const shop = keep(blocked.copy());
    const held = shop.fingerprint();
    const refused = start(shop, 'other');
    expect(refused.code).toBe(2);
    expect(refused.output).toMatch(/Wave 1 of "free-delivery" is blocked and not committed\. Commit it, or give the tree back with --undo=free-delivery/);
    expect(shop.fingerprint()).toBe(held);
  });

  it('is passed with an accepted risk only once it is committed, and the reason is kept', () => {
    const shop = keep(blocked.copy());
    expect(goOn(shop).output).toMatch(/is blocked\. Ask again with --retry=free-delivery.*--acceptRisk="why"/);
    const early = goOn(shop, '--acceptRisk=the shop is closed');
    expect(early.code).toBe(2);
    expect(early.output).toMatch(/is blocked and lies in the tree, not committed\. Commit it first, then type --continue=free-delivery/);
    expect(stateOf(shop)).toMatchObject({ state: 'blocked', acceptedRisk: 'the shop is closed' });
    shop.git('add', '-A');
    shop.git('commit', '--quiet', '-m', 'fix');
    const done = goOn(shop);
    expect(done.output).toMatch(/all of them are done/);
    expect(stateOf(shop)).toMatchObject({ state: 'committed', acceptedRisk: 'the shop is closed' });
  });
});

describe('a plan and a ranking asked of a model', () => {
  it('wait for their replies, ask the person, and go on with the flags that were given once', () => {
    const shop = keep(shopWorkspace());
    const first = shop.wave(`orchestra/goals/${id}.json`, '--provider=handoff', '--plan', '--planner=model', '--ranker=model');
    expect([first.code, first.output]).toEqual([0, expect.stringMatching(/Missing: the reply of plan-w1\n[\s\S]*plan-w1\.1\.prompt\.md/)]);
    shop.reply(id, 'plan-w1', 1, 'status: question\nquestion: Gross or net?\n');
    const asked = goOn(shop, '--plan');
    expect([asked.code, asked.output]).toEqual([2, expect.stringMatching(/Whoever was asked about the plan asks:\n {2}Gross or net\?/)]);
    expect(goOn(shop, '--plan', '--answer=Net.').output).toMatch(/Missing: the reply of plan-w1/);
    expect(shop.read(`.orchestra/handoff/${id}/plan-w1.2.prompt.md`)).toMatch(/Asked: Gross or net\?\nAnswered: Net\./);
    shop.reply(id, 'plan-w1', 2, 'status: plan\nwhy: it is made there\n- backend in contracts\n');
    expect(goOn(shop, '--plan').output).toMatch(/Missing: the reply of rank-w1/);
    shop.reply(id, 'rank-w1', 1, 'packages/backend/src/index.js\n');
    const planned = goOn(shop, '--plan');
    expect([planned.code, planned.output]).toEqual([0, expect.stringMatching(/Planned by a model \(handoff\): it is made there[\s\S]*w1-backend \(backend\) in contracts/)]);
    expect(stateOf(shop)).toMatchObject({ state: 'planned', planner: 'model', ranker: 'model' });
    expect(shop.read(`.orchestra/waves/${id}/w1-test.1.prompt.md`)).toMatch(/here because of: [^\n]*model/);
  });
});

describe('two waves at once', () => {
  it('has the second refused with who holds the lock and since when, and the lock of a killed one taken over', async () => {
    const shop = keep(shopWorkspace());
    const first = watch(shop, 'g', '@aisha/orchestra:wave', `orchestra/goals/${id}.json`, '--provider=handoff');
    await first.until(() => shop.has('.orchestra/lock'));
    process.kill(first.pid, 'SIGSTOP');
    const second = start(shop);
    expect(second.code).toBe(2);
    expect(second.output).toMatch(new RegExp(`Another wave is running here: process ${first.pid}, "wave start", since \\d{4}-\\d\\d-\\d\\dT`));
    await first.kill();
    expect(shop.has('.orchestra/lock')).toBe(true);
    const third = start(shop);
    expect(third.output).toMatch(/Missing: the reply of w1-test/);
    expect(shop.has('.orchestra/lock')).toBe(false);
  });
});

describe('a specialist with a question', () => {
  it('stops the wave, and the answer is in the goal and in the next prompt', () => {
    const shop = keep(shopWorkspace());
    start(shop);
    shop.reply(id, 'w1-test', 1, 'status: question\nquestion: Is an order of 49.999 rounded up before the fee is looked up?\n');
    const asked = goOn(shop);
    expect(asked.output).toMatch(/The specialist of w1-test asks:\s+Is an order of 49\.999[\s\S]*--continue=free-delivery --answer=/);
    expect(asked.code).toBe(2);
    expect(goOn(shop).output).toMatch(/asked: Is an order[\s\S]*--answer=/);
    const next = goOn(shop, '--answer=No, it is compared as it is.');
    expect(next.output).toMatch(/Missing: the reply of w1-test[\s\S]*w1-test\.2\.prompt\.md/);
    expect(shop.read(`.orchestra/handoff/${id}/w1-test.2.prompt.md`)).toMatch(/49\.999[\s\S]*No, it is compared as it is\./);
    expect(JSON.parse(shop.read(`orchestra/waves/${id}/goal.json`))).toMatchObject({ answers: [{ answer: 'No, it is compared as it is.' }] });
    shop.reply(id, 'w1-test', 2, soundTest);
    expect(goOn(shop).output).toMatch(/Missing: the reply of w1-backend/);
  });
});

describe('a block before the tree was touched', () => {
  it('leaves nothing to commit or to pass, and stands in nobody\'s way', () => {
    const shop = keep(shopWorkspace({ 'orchestra/goals/other.json': JSON.stringify(secondGoal) }));
    start(shop);
    shop.reply(id, 'w1-test', 1, 'status: decline\ndecline: There is no such terminal.\n');
    const declined = goOn(shop);
    expect(declined.code).toBe(1);
    expect(goOn(shop, '--acceptRisk=why not').output).toMatch(/never reached the tree[\s\S]*--retry=free-delivery/);
    const again = shop.wave(`--retry=${id}`, '--provider=handoff');
    expect(again.output).toMatch(/w1-test\.2\.prompt\.md/);
    expect(shop.read(`.orchestra/handoff/${id}/w1-test.2.prompt.md`)).toMatch(/Why the last try was blocked[\s\S]*There is no such terminal/);
    expect(start(shop, 'other').output).toMatch(/Missing: the reply of w1-test/);
  });
});

describe('an edit that is too large', () => {
  it('is blocked by the policy at base', () => {
    const limit = { warn: 0, block: 0 };
    const limits = { files: { warn: 9, block: 9 }, lines: limit, projects: { warn: 9, block: 9 }, newFiles: { warn: 9, block: 9 } };
    const shop = keep(shopWorkspace({ 'orchestra/orchestra.json': JSON.stringify({ gate: 'shop', targets: ['build'], limits: { bugfix: limits, feature: limits, change: limits }, specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }] }) }));
    start(shop);
    shop.reply(id, 'w1-test', 1, soundTest);
    goOn(shop);
    shop.reply(id, 'w1-backend', 1, replaceIn(fee, '  return total > 50 ? 0 : 4.9;', '  const free = total >= 50;\n  return free ? 0 : 4.9;'));
    const run = goOn(shop);
    expect(run.code).toBe(1);
    expect(shop.read(`orchestra/waves/${id}/wave-1/report.md`)).toMatch(/lines/);
  });
});

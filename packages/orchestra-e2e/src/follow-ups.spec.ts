import { replaceIn, soundFix, soundTest } from './replies';
import { cloneShop, type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';

const id = 'free-delivery';
const opened: ShopWorkspace[] = [];
const keep = (shop: ShopWorkspace): ShopWorkspace => (opened.push(shop), shop);
afterAll(() => opened.forEach((shop) => shop.dispose()));

const goOn = (shop: ShopWorkspace): Run => shop.wave(`--continue=${id}`, '--provider=handoff');
const followUps = (shop: ShopWorkspace, ...more: string[]): Run => shop.wave(`--followUps=${id}`, '--provider=handoff', ...more);
const commit = (shop: ShopWorkspace, message: string): void => {
  shop.git('add', '-A');
  shop.git('commit', '--quiet', '-m', message);
};
const listed = (path: string): string => `- title: Loosen the judge\n  detail: It only gets in the way.\n  paths: ${path}`;
const fixThatFiles = soundFix.replace('risks:', `followUps:\n- title: An empty order pays for delivery\n  detail: deliveryFee charges 4.90 for an order of 0, which has nothing to deliver.\n  paths: packages/contracts/src/delivery.js, /etc/passwd, packages/shop/jest.config.js\n${listed('orchestra/orchestra.json, ../../other/a.js')}\nrisks:`);
const emptyTest = replaceIn('packages/backend/src/checkout.spec.js', "test('a large order is delivered free', () => {", "test('an empty order has nothing to deliver', () => {\n  expect(checkout(0).fee).toBe(0);\n});\n\ntest('a large order is delivered free', () => {");
const emptyFix = replaceIn('packages/contracts/src/delivery.js', '  return total >= 50 ? 0 : 4.9;', '  return total === 0 || total >= 50 ? 0 : 4.9;');

/** Refused with 2, in one message without a stack, and nothing written. */
function refused(shop: ShopWorkspace, because: RegExp, ...more: string[]): void {
  const before = shop.fingerprint();
  const run = followUps(shop, ...more);
  expect(run.output).toMatch(because);
  expect([run.code, shop.fingerprint()]).toEqual([2, before]);
  expect(run.output).not.toMatch(/\n {4}at /);
}

it('files what a specialist leaves for later, plans it on request as one more wave with a lease of its own, and has the same gate judge it', () => {
  const shop = keep(shopWorkspace());
  refused(shop, /No wave of this goal was ever started here/);
  shop.wave(`orchestra/goals/${id}.json`, '--provider=handoff');
  refused(shop, /Wave 1 of "free-delivery" is asked: follow-ups are planned once it is accepted and committed/);
  shop.reply(id, 'w1-test', 1, soundTest);
  goOn(shop);
  shop.reply(id, 'w1-backend', 1, fixThatFiles);
  const first = goOn(shop);
  expect(first.output).toMatch(/Wave 1 of "free-delivery": accepted[\s\S]*--followUps=free-delivery {4}# 2 follow-ups were filed/);
  expect(shop.read(`orchestra/waves/${id}/wave-1/report.md`)).toMatch(/## Follow-ups\n\n- `w1-backend\.1` \*\*An empty order pays for delivery\*\*/);
  refused(shop, /is accepted and lies in the tree, not committed\. Commit it first/);
  commit(shop, 'fix');
  refused(shop, /No open follow-up of "free-delivery" is called w1-backend\.9\. Open are:\n {2}- w1-backend\.1: An empty order pays for delivery\n {2}- w1-backend\.2: Loosen the judge/, '--only=w1-backend.9');
  refused(shop, /No specialist could write any file that w1-backend\.2 names[\s\S]*orchestra\/orchestra\.json": the path is protected[\s\S]*\.\.\/\.\.\/other\/a\.js": the path contains the segment[\s\S]*--only=w1-backend\.1/);
  expect(shop.git('status', '--porcelain', '-uall')).toBe('');

  const asked = followUps(shop, '--only=w1-backend.1');
  expect(asked.output).toMatch(/Missing: the reply of w2-test/);
  expect(asked.output).toMatch(/Left out of the plan: w1-backend\.1: "\/etc\/passwd": the path is absolute.*\n.*packages\/shop\/jest\.config\.js": the path is protected/);
  expect(asked.code).toBe(0);
  const plan = JSON.parse(shop.read(`orchestra/waves/${id}/plan.json`)) as { readonly waves: readonly { readonly tasks: readonly { readonly mayTouch: readonly string[] }[] }[] };
  expect(plan).toMatchObject({ goal: { title: 'Orders of exactly 50 pay for delivery' }, waves: [{ index: 1 }, { index: 2, title: expect.stringContaining('An empty order'), followUps: [{ id: 'w1-backend.1' }] }] });
  const lease = plan.waves[1]?.tasks[1]?.mayTouch.filter((glob) => !glob.startsWith('!')) ?? [];
  expect(lease).toContain('packages/contracts/**');
  expect(lease.filter((glob) => !/^packages\/(?:contracts\/|backend\/.*migrations\/)/.test(glob))).toEqual([]);
  expect(shop.read(`.orchestra/handoff/${id}/w2-test.1.prompt.md`)).toMatch(/An empty order pays for delivery[\s\S]*deliveryFee charges 4\.90 for an order of 0/);

  expect(shop.wave(`--undo=${id}`)).toMatchObject({ code: 0, output: expect.stringContaining('plan it again with --followUps=free-delivery') });
  expect(shop.git('status', '--porcelain', '-uall')).toBe('');
  expect(followUps(shop, '--only=w1-backend.1').output).toMatch(/Missing: the reply of w2-test/);
  shop.reply(id, 'w2-test', 1, emptyTest);
  expect(goOn(shop).output).toMatch(/Missing: the reply of w2-backend/);
  shop.reply(id, 'w2-backend', 1, emptyFix);
  const second = goOn(shop);
  expect(second.output).toMatch(/Wave 2 of "free-delivery": accepted/);
  expect(shop.changes()).toEqual([' M packages/backend/src/checkout.spec.js', ' M packages/contracts/src/delivery.js']);
  const report = JSON.parse(shop.read(`orchestra/waves/${id}/wave-2/report.json`)) as { readonly findings: readonly { readonly rule: string }[] };
  expect(report).toMatchObject({ kind: 'bugfix', wave: 2, goal: { title: 'Orders of exactly 50 pay for delivery' }, proof: { status: 'proved' }, forecast: { projects: ['contracts'] } });
  expect(report.findings.map(({ rule }) => rule)).toContain('follow-up-planned');
  commit(shop, 'follow-up');
  refused(shop, /No open follow-up of "free-delivery" is called w1-backend\.1\. Open are:\n {2}- w1-backend\.2: Loosen the judge/, '--only=w1-backend.1');

  const clone = keep(cloneShop(shop));
  const gate = clone.nx('run', 'shop:validate-wave', '--base=HEAD~1', '--head=HEAD');
  expect(gate.output).toMatch(/accepted: /);
  expect(gate.code).toBe(0);
  // What is committed says that the goal is done, also where it was not worked on.
  refused(clone, /Open are:\n {2}- w1-backend\.2: Loosen the judge/, '--only=nothing');
  const lock = `orchestra/waves/${id}/wave-1/packet.lock.json`;
  clone.write(lock, JSON.stringify({ ...(JSON.parse(clone.read(lock)) as object), answers: [] }));
  commit(clone, 'nothing filed');
  refused(clone, /No specialist filed a follow-up for "free-delivery": there is nothing to plan/);
}, 900_000);

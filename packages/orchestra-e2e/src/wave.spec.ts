import { replaceIn, soundFix, soundTest, wrongFix } from './replies';
import { type ShopWorkspace, shopWorkspace } from './shop-workspace';

const id = 'free-delivery';
let shop: ShopWorkspace;
beforeEach(() => {
  shop = shopWorkspace();
});
afterEach(() => shop.dispose());

const start = () => shop.wave(`orchestra/goals/${id}.json`, '--provider=handoff');
const goOn = () => shop.wave(`--continue=${id}`, '--provider=handoff');

describe('a bugfix wave with replies handed in', () => {
  it('writes the first prompt, says what is missing at every step, and ends accepted with the fix and one regression test', () => {
    const first = start();
    expect(first).toMatchObject({ code: 0 });
    expect(first.output).toMatch(/Missing: the reply of w1-test/);
    expect(first.output).toMatch(/Not asked yet.*w1-backend/);
    expect(shop.has(`.orchestra/handoff/${id}/w1-test.1.prompt.md`)).toBe(true);
    expect(shop.changes()).toEqual([]);

    shop.reply(id, 'w1-test', 1, soundTest);
    const half = goOn();
    expect(half).toMatchObject({ code: 0 });
    expect(half.output).toMatch(/Answered: w1-test/);
    expect(half.output).toMatch(/Missing: the reply of w1-backend/);
    expect(shop.changes()).toEqual([]);
    // The fix is asked for with the red test in hand, run on base where no link leaks the fix.
    expect(shop.read(`.orchestra/handoff/${id}/w1-backend.1.prompt.md`)).toMatch(/red on base[\s\S]*an order of exactly 50/);

    shop.reply(id, 'w1-backend', 1, soundFix);
    const whole = goOn();
    expect(whole.output).toMatch(/Wave 1 of "free-delivery": accepted/);
    expect(whole.code).toBe(0);
    expect(shop.changes()).toEqual([' M packages/backend/src/checkout.spec.js', ' M packages/contracts/src/delivery.js']);
    const report = JSON.parse(shop.read(`orchestra/waves/${id}/wave-1/report.json`)) as Record<string, never>;
    expect(report).toMatchObject({ kind: 'bugfix', verdict: { decision: 'accepted' }, proof: { status: 'proved', headRuns: 2 }, rootCause: expect.stringContaining('boundary') });
    expect(JSON.stringify(report['proof'])).toMatch(/exactly 50/);

    const early = goOn();
    expect(early.code).toBe(2);
    expect(early.output).toMatch(/not committed/);
    shop.git('add', '-A');
    shop.git('commit', '--quiet', '-m', 'fix');
    const done = goOn();
    expect(done.code).toBe(2);
    expect(done.output).toMatch(/all of them are done/);
  });

  it('keeps a fix that does not hold out of the tree, after one evidence round, and --undo and --retry stay open', () => {
    start();
    shop.reply(id, 'w1-test', 1, soundTest);
    goOn();
    const before = shop.git('rev-parse', 'HEAD');
    shop.reply(id, 'w1-backend', 1, wrongFix);
    const again = goOn();
    expect(again.output).toMatch(/w1-backend\.2\.prompt\.md/);
    expect(shop.read(`.orchestra/handoff/${id}/w1-backend.2.prompt.md`)).toMatch(/With your edits the tests still fail/);
    shop.reply(id, 'w1-backend', 2, wrongFix);
    const blocked = goOn();
    expect(blocked.code).toBe(1);
    expect(blocked.output).toMatch(/do not hold[\s\S]*Nothing was written[\s\S]*--retry=free-delivery/);
    expect(shop.changes()).toEqual([]);
    expect(shop.git('rev-parse', 'HEAD')).toBe(before);
    expect(shop.wave(`--undo=${id}`).code).toBe(0);
    expect(shop.git('status', '--porcelain', '-uall')).toBe('');
  });

  it('gives the tree back byte for byte, and refuses as a whole once a person has edited it', () => {
    const before = shop.fingerprint();
    start();
    shop.reply(id, 'w1-test', 1, soundTest);
    goOn();
    shop.reply(id, 'w1-backend', 1, soundFix);
    expect(goOn().code).toBe(0);
    const applied = shop.read('packages/contracts/src/delivery.js');
    shop.write('packages/contracts/src/delivery.js', `${applied}// mine\n`);
    const refused = shop.wave(`--undo=${id}`);
    expect(refused.code).toBe(2);
    expect(refused.output).toMatch(/edited by hand[\s\S]*packages\/contracts\/src\/delivery\.js/);
    expect(shop.read('packages/backend/src/checkout.spec.js')).toMatch(/exactly 50/);
    shop.write('packages/contracts/src/delivery.js', applied);
    expect(shop.wave(`--undo=${id}`).code).toBe(0);
    expect(shop.fingerprint()).toBe(before);
  });
});

describe('a hostile edit in a handed-in reply', () => {
  const attacks: readonly (readonly [string, string, RegExp])[] = [
    ['a path that climbs out', '../outside.spec.js', /path-refused/],
    ['an absolute path', '/etc/cron.d/x.spec.js', /path-refused|malformed/],
    ['a git hook', '.git/hooks/pre-commit', /path-refused/],
    ['a symlinked folder', 'packages/backend/src/linked/x.spec.js', /path-refused/],
    ['production code, outside the lease of the test task', 'packages/backend/src/index.js', /outside-lease/],
    ['a protected file', 'packages/backend/jest.config.js', /protected|outside-lease/],
  ];
  it.each(attacks)('%s is refused with its reason and nothing is written', (_name, path, reason) => {
    shop = ((old) => (old.dispose(), shopWorkspace()))(shop);
    if (path.includes('/linked/')) {
      shop.git('config', 'core.symlinks', 'true');
      linkOutside(shop);
    }
    start();
    const before = shop.fingerprint();
    // Every round gets the same answer: the wave must end, not loop.
    for (let round = 1; round <= 4; round++) {
      shop.reply(id, 'w1-test', round, path.endsWith('.js') && shop.has(path) ? replaceIn(path, firstLine(shop.read(path)), '// hacked') : createFile(path));
      goOn();
    }
    const last = shop.read(`.orchestra/waves/${id}/state.json`);
    expect(JSON.parse(last)).toMatchObject({ state: 'blocked' });
    expect(shop.read(`.orchestra/handoff/${id}/w1-test.2.prompt.md`)).toMatch(reason);
    expect(shop.fingerprint()).toBe(before);
    expect(shop.changes()).toEqual([]);
  });
});

const createFile = (path: string): string => `status: edits\nsummary: x\n\n\`\`\`\n${path}\n<<<<<<< CREATE\nhacked\n>>>>>>> CREATE\n\`\`\`\n\nEND OF REPLY\n`;
const firstLine = (text: string): string => text.split('\n')[0] ?? '';

function linkOutside(workspace: ShopWorkspace): void {
  const { symlinkSync } = jest.requireActual<typeof import('node:fs')>('node:fs');
  symlinkSync('/', `${workspace.root}/packages/backend/src/linked`);
  workspace.git('add', '-A');
  workspace.git('commit', '--quiet', '-m', 'a link');
}

describe('bad input', () => {
  const wrong = JSON.stringify({ titel: 'x', title: '  ', description: 'y', affectedModules: ['nowhere'] });
  it('has every mistake told in one message, exits 2 and writes nothing', () => {
    shop.write('orchestra/goals/wrong.json', wrong);
    const before = shop.fingerprint();
    const run = shop.wave('orchestra/goals/wrong.json');
    expect(run.code).toBe(2);
    expect(run.output).toMatch(/title: must not be empty/);
    expect(run.output).toMatch(/"titel", did you mean "title"\?/);
    expect(run.output).toMatch(/no Nx project "nowhere"; projects: backend, contracts, shop/);
    expect(run.output).not.toMatch(/\n {4}at /);
    expect(shop.fingerprint()).toBe(before);
  });

  it('names the places looked at when there is no such goal file', () => {
    const before = shop.fingerprint();
    const run = shop.wave('orchestra/goals/missing.json');
    expect(run.code).toBe(2);
    expect(run.output).toMatch(/There is no goal file orchestra\/goals\/missing\.json\. Looked for:/);
    expect(shop.fingerprint()).toBe(before);
  });

  it('says what goes together when the flags do not', () => {
    const run = shop.wave('--continue=a', '--undo=b', '--answer=c');
    expect(run.code).toBe(2);
    expect(run.output).toMatch(/one command at a time: --continue, --undo/);
  });
});

import { existsSync, mkdtempSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { ensureInstalled } from './ensure-installed.mjs';
import { runNx, workspaceRoot } from './run-nx.mjs';

/**
 * The sample CRM in a real browser: signs in at the first company, looks at its contacts, switches to the second, and says
 * whose contacts are shown then. Pictures go to a temporary folder. With `--fixed`, the bug BUG-CON-003 being there is a failure.
 * With `--after=<clone>` the same in another clone of this workspace, such as the one a demo has left, where it has to be gone.
 */
const after = process.argv.find((each) => each.startsWith('--after='))?.slice('--after='.length);
if (after !== undefined) {
  const script = resolve(after, 'tools/crm-screens.mjs');
  if (!existsSync(script)) {
    console.error(`crm:screens: ${after} is no clone of this workspace. \`npm run demo -- frontend\` leaves one and prints where.`);
    process.exit(2);
  }
  process.exit(spawnSync(process.execPath, [script, '--fixed'], { cwd: resolve(after), stdio: 'inherit' }).status ?? 1);
}

const chromium = [process.env.CHROMIUM_PATH, 'chromium', 'chromium-browser', 'google-chrome'].filter(Boolean).map(whereIs).find(Boolean);
if (!chromium) {
  console.log('crm:screens was not run: no Chromium on the PATH. Install one (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.');
  process.exit(0);
}

ensureInstalled();
if (!runNx('run', 'crm:build', '--outputStyle=static')) process.exit(1);

const require = createRequire(import.meta.url);
const { chromium: browserType } = require('playwright-core');
const { startCrm } = require(join(workspaceRoot, 'packages/crm/dist/start-crm.js'));
const { createLogger, demoTenants, operationsEmail } = createRequire(join(workspaceRoot, 'packages/crm/package.json'))('@aisha/crm-backend');

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'crm-screens-'));
const log = createLogger(({ level, message, error }) => level === 'error' && console.error(message, error));
const crm = await startCrm({ pagesPort: await freePort(), backendPort: await freePort(), environment: {}, log, now: () => new Date() });
const browser = await browserType.launch({ executablePath: chromium, args: ['--no-sandbox'] });
try {
  process.exitCode = (await visit(await browser.newPage({ viewport: { width: 1000, height: 560 } }))) ? 0 : 1;
} finally {
  await browser.close();
  await crm.stop();
}
console.log(`Pictures: ${folder}`);

/** True when what was seen is what was asked for. */
async function visit(page) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  const [home, other] = demoTenants;
  await page.goto(`${crm.pagesUrl}/contacts`);
  await page.getByLabel('Company').fill(home.slug);
  await page.getByLabel('E-mail').fill(operationsEmail);
  await page.getByLabel('Password').fill(crm.password);
  await picture(page, '1-sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('table').waitFor();
  const before = await firstNames(page);
  await picture(page, '2-contacts-of-the-first-company');
  await page.getByLabel('Company').selectOption({ label: other.name });
  await page.getByRole('heading', { name: `Contacts of ${other.name}` }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);
  const after = await firstNames(page);
  await picture(page, '3-contacts-after-the-switch');
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await page.getByText('Open deals').waitFor();
  await picture(page, '4-dashboard');
  await page.getByRole('link', { name: 'Campaigns' }).click();
  await page.getByRole('listitem').first().waitFor();
  await picture(page, '5-campaigns');
  return judge({ home, other, before, after, faults });
}

function judge({ home, other, before, after, faults }) {
  const namesOf = (tenant) => tenant.contacts.map(([first]) => first).sort().join(', ');
  const isStale = after === namesOf(home);
  console.log(`Signed in at ${home.name}: ${before}`);
  console.log(`Switched to ${other.name}: ${after}`);
  console.log(isStale ? `The contacts of ${home.name} are still shown: BUG-CON-003 is there.` : `The contacts of ${other.name} are shown: BUG-CON-003 is gone.`);
  for (const fault of faults) console.log(`Error on the page: ${fault}`);
  const isAsAsked = process.argv.includes('--fixed') ? after === namesOf(other) : isStale || after === namesOf(other);
  return before === namesOf(home) && isAsAsked && faults.length === 0;
}

async function firstNames(page) {
  const names = await page.locator('tbody tr td:first-child').allInnerTexts();
  return names.map((name) => name.split(' ')[0]).sort().join(', ');
}

async function picture(page, name) {
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

function whereIs(command) {
  const { stdout, status } = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import { createLogger, demoTenants, formatLogEntry, operationsEmail } from '@aisha/crm-backend';
import { charterPorts } from './charter';
import { startCrm } from './start-crm';

/** Host ports as everything outside knows them. */
const hostPort = (service: string) => Number(charterPorts[service]?.split(':')[0]);

const now = () => new Date();
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** `npm run crm`. What goes wrong is shown; every single request is not, unless `--verbose` asks for it. */
async function main(): Promise<void> {
  const isVerbose = process.argv.includes('--verbose');
  const log = createLogger((entry) => {
    if (isVerbose || entry.level !== 'info') say(formatLogEntry(entry, now()));
  });
  const crm = await startCrm({ pagesPort: hostPort('frontend'), backendPort: hostPort('backend'), environment: process.env, log, now });
  say(`\nAiSHA CRM: ${crm.pagesUrl}   (API: ${crm.backendUrl}/api/health)\n`);
  for (const { slug, name } of demoTenants) say(`  ${name.padEnd(18)} company: ${slug.padEnd(10)} e-mail: admin@${slug}.example or member@${slug}.example`);
  say(`  ${'in both'.padEnd(18)} company: ${demoTenants[0]?.slug.padEnd(10)} e-mail: ${operationsEmail}`);
  say(`  password of all: ${process.env['DEMO_PASSWORD'] ? 'as in DEMO_PASSWORD' : crm.password}\n\nStop with Ctrl+C.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void crm.stop());
}

main().catch((error: unknown) => {
  say(`Cannot start the CRM: ${error instanceof Error ? error.message : String(error)}`);
  // Something may be listening already, and would keep the process alive.
  process.exit(1);
});

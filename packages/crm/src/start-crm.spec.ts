import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, demoTenants, type LogEntry, operationsEmail } from '@aisha/crm-backend';
import { contactSchema, itemResponse, listResponse, signInSchema } from '@aisha/crm-contracts';
import { type RunningCrm, startCrm } from './start-crm';

let crm: RunningCrm;
let pagesDirectory: string;
const logged: LogEntry[] = [];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  pagesDirectory = await mkdtemp(join(tmpdir(), 'crm-pages-'));
  await writeFile(join(pagesDirectory, 'index.html'), '<meta name="crm-backend" content="%VITE_AISHACRM_BACKEND_URL%" />');
  const log = createLogger((entry) => void logged.push(entry));
  crm = await startCrm({ pagesPort: await freePort(), backendPort: await freePort(), pagesDirectory, environment: {}, log, now: () => new Date() });
});
afterAll(async () => {
  await crm.stop();
  await rm(pagesDirectory, { recursive: true });
});

const signIn = async (tenant: string, email: string) => {
  const response = await fetch(`${crm.backendUrl}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant, email, password: crm.password }),
  });
  return itemResponse(signInSchema).parse(await response.json()).data;
};

const contactsOf = async (token: string, tenant: string) => {
  const response = await fetch(`${crm.backendUrl}/api/contacts`, { headers: { authorization: `Bearer ${token}`, 'x-tenant-id': tenant } });
  return listResponse(contactSchema).parse(await response.json()).data.map(({ first_name }) => first_name);
};

describe('npm run crm', () => {
  it('serves pages that know the backend, and a backend that lets them call', async () => {
    expect(await (await fetch(`${crm.pagesUrl}/contacts`)).text()).toContain(`content="${crm.backendUrl}"`);
    const { headers } = await fetch(`${crm.backendUrl}/api/health`);
    expect(headers.get('access-control-allow-origin')).toBe(crm.pagesUrl);
  });

  it('has two companies, and somebody who may act in both', async () => {
    const { token } = await signIn('birchwood', operationsEmail);
    for (const { slug, contacts } of demoTenants) {
      expect((await contactsOf(token, slug)).sort()).toEqual(contacts.map(([first]) => first).sort());
    }
    expect((await signIn('cedar', 'member@cedar.example')).tenant.name).toBe('Cedar Logistics');
  });

  it('says once where it keeps the keys of the two Redis, and its password never', () => {
    expect(logged.filter(({ message }) => message.startsWith('[Redis]'))).toMatchObject([{ level: 'warn', fields: { missing: ['REDIS_MEMORY_URL', 'REDIS_CACHE_URL'] } }]);
    expect(JSON.stringify(logged)).not.toContain(crm.password);
  });
});

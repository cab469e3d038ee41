/** @jest-environment node */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PagesServer, servePages } from './serve-pages';

let directory: string;
let server: PagesServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'crm-pages-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<meta name="crm-backend" content="%VITE_AISHACRM_BACKEND_URL%" />');
  await writeFile(join(directory, 'assets/index.js'), 'run();');
  server = await servePages({ host: '127.0.0.1', port: 0, backendUrl: 'http://localhost:4001/"><script>', directory });
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

describe('servePages', () => {
  it('tells every page where the backend is, as text', async () => {
    for (const path of ['/', '/contacts', '/campaigns?tenant=cedar']) {
      const response = await fetch(`${server.url}${path}`);
      expect(await response.text()).toBe('<meta name="crm-backend" content="http://localhost:4001/&quot;>&lt;script>" />');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('serves files, and never a page in place of a missing one', async () => {
    expect(await (await fetch(`${server.url}/assets/index.js`)).text()).toBe('run();');
    expect((await fetch(`${server.url}/assets/old.js`)).status).toBe(404);
    expect((await fetch(`${server.url}/api/contacts`)).status).toBe(404);
  });
});

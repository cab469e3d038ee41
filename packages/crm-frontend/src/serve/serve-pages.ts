import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';

export interface PagesServer {
  readonly url: string;
  stop(): Promise<void>;
}

const placeholder = '%VITE_AISHACRM_BACKEND_URL%';
const builtPages = join(__dirname, '../../dist/pages');

/**
 * Serves the built pages, with the address of the backend put in: one build serves every place it is deployed to. What
 * is no file is a page of the application. Port 0 takes a free one. @throws when the pages have not been built.
 */
export async function servePages(options: {
  readonly host: string;
  readonly port: number;
  /** As the browser sees it. */
  readonly backendUrl: string;
  readonly directory?: string;
}): Promise<PagesServer> {
  const directory = options.directory ?? builtPages;
  const page = readFileSync(join(directory, 'index.html'), 'utf8').replace(placeholder, attribute(options.backendUrl));
  const app = express();
  app.disable('x-powered-by');
  app.use(express.static(directory, { index: false, immutable: true, maxAge: '1y' }));
  app.get(/^(?!\/(?:assets|api)\/)/, (_req, res) => {
    res.type('html').set('cache-control', 'no-store').send(page);
  });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(options.port, options.host, (error) => (error ? reject(error) : resolve(listening)));
  });
  return {
    url: `http://${options.host}:${(server.address() as AddressInfo).port}`,
    stop: () => stopServer(server),
  };
}

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

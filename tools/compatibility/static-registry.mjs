import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** Serves one packed package on loopback, as a registry would: what `nx add` asks for, and nothing else. */
export async function serveTarball(tarball, manifest) {
  const bytes = readFileSync(tarball);
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    if (path === `/${manifest.name}`) {
      const dist = { tarball: `${addressOf(server)}/package.tgz`, integrity, shasum: createHash('sha1').update(bytes).digest('hex') };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ name: manifest.name, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: { ...manifest, dist } }, time: {} }));
    } else if (path === '/package.tgz') {
      response.end(bytes);
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: addressOf(server), close: () => server.close() };
}

const addressOf = (server) => `http://127.0.0.1:${server.address().port}`;

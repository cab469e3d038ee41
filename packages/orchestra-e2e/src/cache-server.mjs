import { createServer } from 'node:http';

/**
 * The smallest self-hosted cache that Nx talks to, on loopback, in memory. The token `writer` reads and writes, `reader`
 * reads; any other is refused. `/counts` says what was answered so far. Prints its port and ends with its standard input.
 */
const entries = new Map();
const counts = { hits: 0, misses: 0, stored: 0, forbidden: 0, unauthorized: 0 };

const server = createServer((request, response) => {
  const answer = (status, body = '', counted = undefined) => {
    if (counted) counts[counted] += 1;
    response.writeHead(status, { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'text/plain' }).end(body);
  };
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
    if (request.url === '/counts') return answer(200, JSON.stringify(counts));
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token !== 'writer' && token !== 'reader') return answer(401, 'who are you?', 'unauthorized');
    const entry = entries.get(request.url);
    if (request.method === 'GET') return entry ? answer(200, entry, 'hits') : answer(404, '', 'misses');
    if (token === 'reader') return answer(403, 'read-only', 'forbidden');
    if (entry) return answer(409);
    entries.set(request.url, Buffer.concat(chunks));
    answer(200, '', 'stored');
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));

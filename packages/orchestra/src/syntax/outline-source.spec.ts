import { outlineSource } from './outline-source';

describe('the outline of a source file', () => {
  it('finds routes, mounts, keys and variables however deep they stand, and in source order', () => {
    const outline = outlineSource('src/server.js', [
      "import { contacts } from './contacts.js';",
      'export function start(app, cache) {',
      '  if (process.env.NODE_ENV !== "test") {',
      '    app.use(authenticate);',
      "    app.use('/api/contacts', limit, contacts);",
      '  }',
      "  return [1].map(() => app.get('/health', (request, response) => {",
      '    const key = cache.GET(`stats:${request.tenant}`);',
      '    response.json(key ?? cache.setEx(`seen:${request["tenant"]}`, import.meta.env.TTL, window._env_["SERVER"]));',
      '  }));',
      '}',
    ].join('\n'));

    expect(outline.mounts).toEqual([{ path: '/api/contacts', router: 'contacts', from: './contacts.js', guards: ['authenticate', 'limit'], line: 5 }]);
    expect(outline.routes).toEqual([{ method: 'GET', path: '/health', guards: ['authenticate'], line: 7 }]);
    expect(outline.environment).toEqual(['NODE_ENV', 'SERVER', 'TTL']);
    expect(outline.redisKeys).toEqual(['seen:{…}', 'stats:{request.tenant}']);
  });

  it('finds the keys of a cache in calls of any letter case', () => {
    const outline = outlineSource('src/keys.ts', 'export const read = (tenantId: string) => redisClient.hGetAll(`profile:${tenantId}`) ?? redisClient.unlin\u212a("gone:one");');

    expect(outline.redisKeys).toEqual(['gone:one', 'profile:{tenantId}']);
  });

  it.each([
    ['a name with an escape', "router.g\\u0065t('/health', handler);"],
    ['a comment before the name', "router./* read */get('/health', handler);"],
    ['a chain over lines', "router\n  .route('/health')\n  .get(handler);"],
  ])('finds a route behind %s', (_, text) => {
    expect(outlineSource('src/routes.ts', text).routes.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /health']);
  });

  it('keeps the first line of a comment before a declaration', () => {
    const outline = outlineSource('src/sum.ts', '/**\n * Adds two amounts.\n * @param a cents\n */\nexport function sum(a: number, b: number): number { return a + b; }');

    expect(outline.exports).toEqual([{ name: 'sum', signature: 'function sum(a: number, b: number): number', line: 5, doc: 'Adds two amounts.' }]);
  });
});

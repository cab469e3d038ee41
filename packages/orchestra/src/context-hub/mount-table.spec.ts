import { indexAll, smallCrm } from './__fixtures__/small-crm';
import { matchRoute, readHandlers, readMounts, routersIn } from './mount-table';

describe('the mount table', () => {
  it('joins the prefix of the mount with the path of the handler', () => {
    const files = indexAll(smallCrm);
    const handlers = readHandlers(routersIn(files), readMounts(routersIn(files))).map(({ method, route, path }) => `${method} ${route} ${path}`);
    expect(handlers).toContain('GET /api/contacts/:id packages/api/src/routes/contacts.ts');
    expect(handlers).toContain('GET /api/accounts packages/api/src/routes/accounts.ts');
  });

  it('follows routers mounted in routers', () => {
    const files = indexAll(new Map([
      ['a.ts', `import { b } from './b';\napp.use('/api', b);\n`],
      ['b.ts', `import { c } from './c';\nexport const b = Router();\nb.use('/contacts', c);\n`],
      ['c.ts', `export const c = Router();\nc.get('/:id', (req, res) => res.end());\n`],
    ]));
    expect(readHandlers(routersIn(files), readMounts(routersIn(files))).map(({ route }) => route)).toEqual(['/api/contacts/:id']);
  });

  it('ends on routers that mount each other', () => {
    const files = indexAll(new Map([
      ['a.ts', `import { b } from './b';\nexport const a = Router();\na.use('/a', b);\n`],
      ['b.ts', `import { a } from './a';\nexport const b = Router();\nb.use('/b', a);\nb.get('/x', (req, res) => res.end());\n`],
    ]));
    expect(readHandlers(routersIn(files), readMounts(routersIn(files))).length).toBeGreaterThan(0);
  });

  it('makes no prefix for every pair of mounts of two files that mount each other hundreds of times', () => {
    const mounting = (other: string): string => `import { r } from './${other}';\n${Array.from({ length: 200 }, (_, at) => `app.use('/x${at}', r);\n`).join('')}`;
    const routers = routersIn(indexAll(new Map([['a.ts', mounting('b')], ['b.ts', mounting('a')]])));
    expect(readMounts(routers)).toHaveLength(400);
  });

  it('matches parameters and counts literal segments', () => {
    expect(matchRoute('/api/contacts/:id', '/api/contacts/42?x=1')).toBe(2);
    expect(matchRoute('/api/contacts/:id', '/api/contacts')).toBeUndefined();
    expect(matchRoute('/api/accounts', '/api/contacts')).toBeUndefined();
  });
});

import { readStackFrames } from './stack-frames';

const paths = (text: string): readonly string[] => readStackFrames(text).map(({ path, line }) => `${path}:${line}`);

describe('readStackFrames', () => {
  it('strips container prefixes, protocols, bundler decorations and queries', () => {
    expect(
      paths(
        [
          'Error: boom',
          '    at handler (/app/backend/routes/contacts.js:41:11)',
          '    at file:///app/packages/api/src/app.ts:9:3',
          '    at ContactCard (webpack-internal:///./src/ContactCard.tsx?v=12:4:7)',
          '    at render (webpack://web/./src/format-date.ts:1:2)',
          'loadContacts@http://localhost:4000/src/hooks/use-contacts.js?t=1699:12:5',
          '    at async Object.run (C:\\work\\api\\src\\run.ts:3:1)',
        ].join('\n'),
      ),
    ).toEqual(['app/backend/routes/contacts.js:41', 'app/packages/api/src/app.ts:9', 'src/ContactCard.tsx:4', 'src/format-date.ts:1', 'src/hooks/use-contacts.js:12', 'work/api/src/run.ts:3']);
  });

  it('looks through the columns of a log', () => {
    expect(
      paths(
        [
          'crm-backend-1  |     at async applyOnce (/app/packages/crm-backend/dist/database/migrate.js:46:5)',
          'Nov 23 05:40:12 host node[812]:     at startServer (/srv/api/dist/start-server.js:21:21)',
          '2026-04-22T05:40:12Z stdout F     at /app/src/a.ts:3:1',
          '[web]  > at file:///app/src/b.ts:4:1',
          '2026-04-22T05:40:12Z\tat c (/app/src/c.ts:5:1)',
          '    at d (/app/src/d.ts:6:1) {',
        ].join('\n'),
      ),
    ).toEqual(['app/packages/crm-backend/dist/database/migrate.js:46', 'srv/api/dist/start-server.js:21', 'app/src/a.ts:3', 'app/src/b.ts:4', 'app/src/c.ts:5', 'app/src/d.ts:6']);
  });

  it('reads a stack that a log keeps in one line of JSON, up to the end of the last frame', () => {
    expect(paths('{"level":"error","stack":"Error: boom\\n    at load (/app/src/load.ts:7:3)\\n    at /app/src/run.ts:9:1","pid":12}')).toEqual(['app/src/load.ts:7', 'app/src/run.ts:9']);
  });

  it('reads a stack in JSON that a container runtime put into JSON once more', () => {
    const log = JSON.stringify({ log: `${JSON.stringify({ stack: 'E\n    at f (/app/src/a.ts:1:2)\n    at g (/app/src/b.ts:3:4)' })}\n` });
    expect(paths(log)).toEqual(['app/src/a.ts:1', 'app/src/b.ts:3']);
  });

  it('leaves packages and the runtime out', () => {
    expect(paths('    at Layer.handle (/app/node_modules/express/lib/router/layer.js:95:5)\n    at node:internal/process/task_queues:95:5')).toEqual([]);
  });

  it('keeps the name of the function', () => {
    expect(readStackFrames('    at async Service.listContacts (/app/src/a.ts:3:1)')[0]?.function).toBe('listContacts');
  });

  it('does not choke on a very long line', () => {
    // In quadratic time this would be minutes, and the runner's own limit ends it.
    expect(readStackFrames(`at ${'a.'.repeat(400_000)}`)).toEqual([]);
    expect(readStackFrames(`at${' '.repeat(490)}x\n`.repeat(2000))).toEqual([]);
    expect(readStackFrames('\\'.repeat(400_000))).toEqual([]);
  });
});

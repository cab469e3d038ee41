import fc from 'fast-check';
import { smallCrm } from './__fixtures__/small-crm';
import { bigramFinder, hashBigram } from './bigram-hash';
import { indexFile } from './index-file';
import { findPosting } from './postings';
import { splitWords, stem } from './split-words';

const fragments = ['const a = 1;', 'function readContact(id) {', '}', 'class Box {', "  get(key) { return 'a b c'; }", '', '/* note */', '`${x}`', '<div>', 'router.get("/x", (q, r) => {', '});', 'if (a) {', "it's"];
const code = fc.array(fc.constantFrom(...fragments), { maxLength: 250 }).map((lines) => lines.join('\n'));

describe('indexFile', () => {
  it('cuts a file into chunks that hold every line once, in order', () => {
    fc.assert(
      fc.property(code, fc.constantFrom('a.ts', 'a.jsx', 'a.sql', 'a.yml'), (text, path) => {
        const { chunks, lines } = indexFile(path, text);
        let next = 1;
        for (const [start, end] of chunks) {
          expect(start).toBe(next);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end - start).toBeLessThan(70);
          next = end + 1;
        }
        expect(next).toBe(lines + 1);
      }),
    );
  });

  it('is the same for CRLF and LF', () => {
    fc.assert(fc.property(code, (text) => {
      expect(indexFile('a.tsx', text.replaceAll('\n', '\r\n'))).toEqual(indexFile('a.tsx', text));
    }));
  });

  it('survives any text and stays JSON', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('a.ts', 'a.js', 'a.sql', 'a.md'), (text, path) => {
      const index = indexFile(path, text);
      expect(JSON.parse(JSON.stringify(index))).toEqual(index);
    }));
  });

  it('reads code nested deeper than the parser can follow as plain lines', () => {
    const index = indexFile('deep.ts', `${'['.repeat(20_000)}needle${']'.repeat(20_000)}`);
    expect(findPosting(index.postings, stem('needle'))).toBeDefined();
  });

  it('finds every word that was counted, and no other', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{2,12}$/), { maxLength: 60 }), (words) => {
      const { postings } = indexFile('a.ts', words.map((word) => `use(${word});`).join('\n'));
      for (const word of words.flatMap((one) => splitWords(one))) expect(findPosting(postings, word)).toBeDefined();
      expect(findPosting(postings, 'zzzzzzzzzzzzzzz')).toBeUndefined();
    }));
  });

  it('keeps routes, mounts, tables, imports, log prefixes and phrases with their lines', () => {
    const index = indexFile('packages/api/src/routes/contacts.ts', smallCrm.get('packages/api/src/routes/contacts.ts') ?? '');
    expect(index.routes.map(({ method, path, start, end }) => `${method} ${path} ${start}-${end}`)).toEqual(['GET / 10-13', 'GET /:id 15-20']);
    expect(index.tables).toEqual([['contacts', 11], ['contacts', 16]]);
    expect(index.imports.map(({ from }) => from)).toContain('../services/format-contact');
    expect(index.logPrefixes).toEqual([['[ContactsRoute]', 17]]);
    expect(index.phrases).toContainEqual(['no such contact in this tenant', 18]);
    expect(index.definitions).toContainEqual(['createContactsRoutes', 7, 23]);
  });

  it('keeps pairs of neighbouring words of one identifier or literal', () => {
    const { bigrams } = indexFile('a.ts', `const tenantFilter = 'select a warm lead';`);
    expect(bigramFinder(hashBigram('tenant', 'filter'))(bigrams)).toBe(true);
    expect(bigramFinder(hashBigram('warm', 'lead'))(bigrams)).toBe(true);
    expect(bigramFinder(hashBigram('filter', 'select'))(bigrams)).toBe(false);
  });

  it('takes a large route factory apart into its handlers', () => {
    const handler = (name: string): string => `  router.get('/${name}', async (req, res) => {\n${'    await step(req);\n'.repeat(45)}    res.end();\n  });\n`;
    const { chunks } = indexFile('routes.js', `export default function createRoutes() {\n${['a', 'b', 'c'].map(handler).join('\n')}}\n`);
    expect(new Set(chunks.map(([, , name]) => name))).toEqual(new Set(['GET /a', 'GET /b', 'GET /c']));
  });

  it('knows which table a migration creates, with tenant column and row level security', () => {
    expect(indexFile('m.sql', smallCrm.get('packages/db/migrations/001_contacts.sql') ?? '').schema).toEqual([['contacts', 1, 'ctr']]);
  });
});

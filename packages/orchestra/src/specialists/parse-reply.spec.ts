import fc from 'fast-check';
import type { AgentReply } from '../model';
import { agentReplySchema } from '../model/agent-output';
import { applyEdits } from '../patch/apply-edits';
import { parseReply } from './parse-reply';

const parse = (text: string) => parseReply(text, 'w1-backend');
const editsOf = (reply: AgentReply) => (reply.kind === 'edits' ? reply.output.edits : []);
const block = (path: string, find: string, written: string, size = 7) =>
  `\`\`\`\`ts\n${path}\n${'<'.repeat(size)} SEARCH\n${find}${'='.repeat(size)}\n${written}${'>'.repeat(size)} REPLACE\n\`\`\`\`\n`;

describe('parseReply', () => {
  it('reads CRLF replies and a byte order mark', () => {
    const text = `\ufeffstatus: edits\n\n${block('a.ts', 'x\n', 'y\n')}\nEND OF REPLY\n`.replaceAll('\n', '\r\n');
    const reply = parse(text);
    expect(editsOf(reply)).toEqual([{ kind: 'replace', path: 'a.ts', find: 'x\n', with: 'y\n' }]);
    expect(reply.tolerances).toEqual(['byte-order-mark', 'crlf']);
  });

  it('keeps the first mention of a key, so that text quoted below cannot replace it', () => {
    const reply = parse(`status: decline\ndecline: no fault here\n\nstatus: edits\ndecline: ignore me\n`);
    expect(reply).toEqual({ kind: 'decline', reason: 'no fault here', tolerances: [] });
  });

  it('does not read a header out of code', () => {
    const reply = parse('```ts\nstatus: question\nquestion: is this read?\n```\n');
    expect(reply.kind).toBe('malformed');
  });

  it('takes a path with spaces, dots, brackets and parentheses between fence and marker', () => {
    for (const path of ['docs/my file.md', 'app/(group)/[id]/page.tsx', 'src/__tests__/a.ts', '.env.example', 'Dockerfile', '@scope/x.ts', '_a_.ts']) {
      expect(editsOf(parse(block(path, 'x\n', 'y\n')))).toEqual([{ kind: 'replace', path, find: 'x\n', with: 'y\n' }]);
    }
  });

  it('leaves suspicious paths as they are, for the path check to refuse', () => {
    for (const path of ['../x.ts', '/etc/passwd', 'a/../../x.ts', 'C:/x.ts', '.git/config']) {
      expect(editsOf(parse(block(path, 'x\n', 'y\n')))).toMatchObject([{ path }]);
    }
  });

  it('refuses a reply that is too long without reading it', () => {
    expect(parse('x'.repeat(8_000_001))).toMatchObject({ kind: 'malformed', rejections: [{ because: 'the reply is too long' }] });
  });

  it('names every faulty block at once', () => {
    const text = `${block('a.ts', 'x\n', 'y\n').replace('=======\n', '')}${block('', 'x\n', 'y\n')}${block('b.ts', 'x\n', '// ... existing code ...\n')}`;
    expect(parse(text)).toMatchObject({ kind: 'malformed', rejections: [{ edit: 0 }, { edit: 1 }, { edit: 2, path: 'b.ts' }] });
  });
});

describe('parseReply: properties', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\n', '\n', '```\n', '```ts\n', '````', 'a.ts\n', 'src/b.ts\n', '<<<<<<< SEARCH\n', '=======\n', '>>>>>>> REPLACE\n', '<<<<<<< CREATE\n', '>>>>>>> CREATE\n',
      '<<<<<<<< SEARCH\n', '========\n', '>>>>>>>> REPLACE\n', '<<<<<<< DELETE\n', '>>>>>>> DELETE\n', '<<<<<<< RENAME\n', 'status: edits\n', 'status: needs\n', 'read:\n- x/y.ts\n',
      'question: why?\n', '<think>', '</think>', '{', '}', '"', '\r\n', '  ', '../c.ts\n', '`d/e.ts`:\n', '---\n', 'END OF REPLY\n', '// ... existing code\n', '\u0000', '\ud800',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const noise = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

  it('never throws, always gives a valid reply, and finds no path that the text does not spell', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const reply = parse(text);
        expect(agentReplySchema.safeParse(reply).success).toBe(true);
        const spelled = text.replaceAll('\\', '/');
        for (const edit of editsOf(reply)) {
          expect(spelled).toContain(edit.path);
          if (edit.kind === 'rename') expect(spelled).toContain(edit.to);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads what was written, whatever the code holds, when the markers are longer than any in it', () => {
    const line = fc.oneof(
      fc.constantFrom('', '=======', '>>>>>>> REPLACE', '<<<<<<< SEARCH', '```', '````ts', 'status: decline', 'END OF REPLY', '  x();', '\tx', '<think>', '...args'),
      fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, ' ')),
    ).filter((text) => text.trim() !== '...');
    const lines = fc.array(line, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.record({ path: fc.constantFrom('a.ts', 'src/b.ts'), find: lines, written: lines }), { minLength: 1, maxLength: 4 }), (blocks) => {
        const texts = blocks.map(({ path, find, written }) => ({ path, find: find.map((each) => `${each}\n`).join(''), written: written.map((each) => `${each}\n`).join('') }));
        const reply = parse(`status: edits\n\n${texts.map(({ path, find, written }) => block(path, find, written, 12)).join('\n')}\nEND OF REPLY\n`);
        const distinct = new Map(texts.map((each) => [JSON.stringify(each), { kind: 'replace', path: each.path, find: each.find, with: each.written }]));
        expect(editsOf(reply)).toEqual([...distinct.values()]);
      }),
      { numRuns: 200 },
    );
  });

  it('and the patch together change no file for any noise with a fault in it', () => {
    const texts = new Map([['a.ts', 'x\n'], ['src/b.ts', 'y\n']]);
    fc.assert(
      fc.property(noise, (text) => {
        const reply = parse(text);
        if (reply.kind !== 'edits') return;
        const applied = applyEdits(texts, reply.output.edits);
        if (applied.rejections.length > 0) expect(applied.changed.size + applied.deleted.length).toBe(0);
        for (const path of [...applied.changed.keys(), ...applied.deleted]) expect(text.replaceAll('\\', '/')).toContain(path);
      }),
      { numRuns: 300 },
    );
  });
});

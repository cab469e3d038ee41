import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReply } from './parse-reply';

const page = readFileSync(join(__dirname, '../../../../docs/reply-format.md'), 'utf8');
const examples = [...page.matchAll(/^````reply (\w+)\n([\s\S]*?)\n````$/gm)].map((match) => [match[1] ?? '', match[2] ?? ''] as const);

describe('docs/reply-format.md', () => {
  it('has an example of every kind of reply', () => {
    expect(examples.map(([kind]) => kind)).toEqual(['edits', 'needs', 'question', 'decline']);
  });

  it.each(examples)('shows a reply of the kind "%s" that is read as such without any leniency', (kind, text) => {
    expect(parseReply(text, 'w1-backend')).toMatchObject({ kind, tolerances: [] });
  });

  it('names every leniency that the sources name', () => {
    const sources = [...readdirSync(join(__dirname, 'reply')).map((name) => join(__dirname, 'reply', name)), join(__dirname, 'parse-reply.ts'), ...['locate-text.ts', 'apply-edits.ts'].map((name) => join(__dirname, '../patch', name))];
    const named = sources.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/(?:MatchTolerance =|tolerances?(?::|\.push\(|\.add\()[^\n]*)/g)].flatMap((line) => [...line[0].matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].map((name) => name[1] ?? '')));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

import type { Edit } from '../model';
import { explainRejection } from './explain-rejection';

const edits: readonly Edit[] = [
  { kind: 'replace', path: 'src/a.ts', find: 'x\n', with: 'y\n' },
  { kind: 'create', path: 'src/b.ts', text: '' },
  { kind: 'delete', path: 'src/c.ts' },
];

describe('explainRejection', () => {
  it('says what failed, what the file has, what held, what to ask for and what to send', () => {
    const text = explainRejection(
      [
        { kind: 'no-match', edit: 0, path: 'src/a.ts', because: 'the SEARCH text is not in the file; the nearest are lines 3 to 5', nearest: 'const x = 1;\n```' },
        { kind: 'outside-lease', edit: 2, path: 'src/c.ts', because: 'the task may not touch this path' },
      ],
      { edits, mayTouch: ['src/a.ts', 'src/b.ts'], repairRoundsLeft: 1, contextRoundsLeft: 1 },
    );
    expect(text).toMatchInlineSnapshot(`
"Your reply was not used: 2 faults. Nothing of it was applied, neither the faulty parts nor the sound ones.

- edit 1, replace, \`src/a.ts\`: no-match: the SEARCH text is not in the file; the nearest are lines 3 to 5. The file has:

\`\`\`\`
const x = 1;
\`\`\`
\`\`\`\`

- edit 3, delete, \`src/c.ts\`: outside-lease: the task may not touch this path.

These edits fit as they are; send them again unchanged: 2 (create \`src/b.ts\`).

A SEARCH text is copied from the file as it is shown, character by character, and long enough to occur once.

Paths outside your lease cannot be changed in this task. You may touch: \`src/a.ts\` \`src/b.ts\`. What is needed elsewhere goes under \`followUps:\`. Or ask for the path with \`status: needs\` and an \`edit:\` list instead of editing it; inside your domain it is granted.

Send the whole reply again, with all edits, not only the mended ones. After this one, 1 more attempt can be made."
`);
  });

  it('leaves out what it does not know, and asking where no round is left for it', () => {
    const text = explainRejection([{ kind: 'outside-lease', because: 'no' }], { contextRoundsLeft: 0, repairRoundsLeft: 0 });
    expect(text).not.toContain('status: needs');
    expect(text).not.toContain('These edits fit');
    expect(text).toContain('This is the last time that you are asked.');
  });

  it('names no edits as sound when the reply as a whole could not be read', () => {
    expect(explainRejection([{ kind: 'malformed', because: 'the reply was cut off' }], { edits })).not.toContain('These edits fit');
  });

  it('keeps hostile paths and lines in their place', () => {
    const text = explainRejection([{ kind: 'no-match', edit: 0, path: 'a`\n# Obey\n', because: 'x\n# Obey', nearest: '```\n# Obey\n```' }]);
    expect(text.split('\n').filter((line) => line.startsWith('# Obey'))).toHaveLength(1);
    expect(text).toContain('````\n```\n# Obey\n```\n````');
  });
});

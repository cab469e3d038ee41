import { indexAll, smallCrm } from './__fixtures__/small-crm';
import { treeOf } from './__fixtures__/tree-of';
import type { FileIndex } from './file-index';
import { lookForEvidence } from './look-for-evidence';

const files = indexAll(smallCrm);
const tree = treeOf(files);
const asked = { id: 'g', type: 'bugfix', title: 'It fails', description: 'GET /api/contacts/42 answers 500; `readStats` too' } as const;

describe('lookForEvidence', () => {
  it('asks for few files, round by round, and then says what it says with all of them', () => {
    const known = new Map<string, FileIndex>();
    const rounds: (readonly string[])[] = [];
    for (let found = lookForEvidence(asked, tree, known); found.missing.length > 0; found = lookForEvidence(asked, tree, known)) {
      rounds.push(found.missing);
      for (const path of found.missing) known.set(path, files.get(path) as FileIndex);
    }
    expect(rounds[0]).toContain('packages/api/src/app.ts');
    expect(rounds.flat()).not.toContain('packages/web/src/format-date.ts');
    expect(new Set(rounds.flat()).size).toBe(rounds.flat().length);
    expect(lookForEvidence(asked, tree, known)).toEqual(lookForEvidence(asked, tree, files));
  });

  it('asks for nothing that the tree does not hold', () => {
    const { missing } = lookForEvidence({ ...asked, description: 'see away.ts and `nobody`', stackTrace: '    at f (gone.ts:1:1)' }, tree, new Map());
    expect(missing).toEqual([]);
  });

  it('chooses among more routes than a call takes arguments', () => {
    const path = 'packages/api/src/routes/contacts.ts';
    const index = files.get(path) as FileIndex;
    const many = new Map([[path, { ...index, routes: Array.from({ length: 200_000 }, () => ({ method: 'GET', path: '/api/:all', start: 1, end: 1 })) } as FileIndex]]);
    const { evidence } = lookForEvidence({ ...asked, description: 'GET /api/x answers 500' }, treeOf(many), many);
    expect(evidence.filter(({ reason }) => reason.kind === 'route')).toHaveLength(6);
  });

  it('resolves the imports of a router once, however many routers it mounts', () => {
    const path = 'packages/api/src/app.ts';
    const app = files.get(path) as FileIndex;
    let reads = 0;
    const counting: FileIndex = {
      ...app, mounts: Array.from({ length: 50 }, () => app.mounts).flat(),
      get imports() {
        reads += 1;
        return app.imports;
      },
    };
    lookForEvidence(asked, tree, new Map([...files, [path, counting]]));
    expect(reads).toBe(1);
  });
});

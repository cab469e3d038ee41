import { indexStems, matchPath } from './match-path';

const stems = indexStems(['packages/api/src/routes/contacts.ts', 'packages/web/src/pages/contacts.tsx', 'packages/api/src/index.ts', 'packages/web/src/index.ts']);

describe('matchPath', () => {
  it('finds a file behind a container prefix', () => {
    expect(matchPath(stems, 'app/packages/api/src/routes/contacts.ts')).toEqual(['packages/api/src/routes/contacts.ts']);
  });

  it('finds the source of compiled code', () => {
    expect(matchPath(stems, 'srv/packages/api/dist/routes/contacts.js')).toEqual(['packages/api/src/routes/contacts.ts']);
  });

  it('gives every file of a bare name', () => {
    expect(matchPath(stems, 'index.ts')).toHaveLength(2);
  });

  it('refuses a file of the same name in folders that do not agree', () => {
    expect(matchPath(stems, 'somewhere/else/index.ts')).toEqual([]);
  });

  it('chooses among more files of one name than a call takes arguments', () => {
    const many = indexStems(Array.from({ length: 200_000 }, (_, at) => `part-${at}/index.ts`));
    expect(matchPath(many, 'part-7/index.ts')).toEqual(['part-7/index.ts']);
  });
});

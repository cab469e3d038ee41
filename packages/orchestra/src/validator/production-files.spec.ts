import type { ChangedFile } from '../model';
import { changedFile, sampleEvidence, samplePolicy } from '../testing/sample-evidence';
import { bugfixLaw } from './checks/change-law';
import { isolation } from './checks/isolation';
import { testIntegrity } from './checks/test-integrity';
import { measureChange } from './measure-change';
import { isRuled, productionFiles } from './production-files';

const policy = samplePolicy({ preset: 'aisha-crm' });
const route = 'packages/api/src/routes/contacts.ts';
const helper = 'packages/api/src/testing/contacts.ts';
const leak = (base?: string): ChangedFile =>
  changedFile(helper, base, `export async function drop(db, id) {\n  const { error } = await db.from('contacts').delete().eq('id', id);\n  return error;\n}\n`);
const importing = (specifier: string): ChangedFile => changedFile(route, 'export {};\n', `import { drop } from '${specifier}';\nexport const remove = drop;\n`);
const evidenceOf = (...changes: readonly ChangedFile[]) => sampleEvidence({ policy, changes: [...changes] });
const blocked = (...changes: readonly ChangedFile[]): readonly string[] =>
  isolation.judge(evidenceOf(...changes)).filter(({ severity }) => severity === 'block').map(({ rule, subject }) => `${rule} ${subject.path}`);

describe('production code in a folder of helpers', () => {
  it('is held to tenant isolation when a route imports it', () => {
    expect(blocked(leak(), importing('../testing/contacts'))).toEqual([`tenant-query-unscoped ${helper}`]);
  });

  it('is held to it as well where the import does not show in the diff', () => {
    expect(blocked(leak())).toEqual([`tenant-query-unscoped ${helper}`]);
  });

  it.each(['__mocks__', '__fixtures__'])('is held to it in %s when changed source imports it, and not otherwise', (folder) => {
    const hidden = { ...leak(), path: `packages/api/src/${folder}/contacts.ts` };
    expect(blocked(hidden)).toEqual([]);
    expect(blocked(hidden, importing(`../${folder}/contacts`))).toEqual([`tenant-query-unscoped ${hidden.path}`]);
  });

  it('is followed from helper to helper', () => {
    const index = changedFile('packages/api/src/__mocks__/index.ts', undefined, `export * from './contacts';\n`);
    const hidden = { ...leak(), path: 'packages/api/src/__mocks__/contacts.ts' };
    expect(blocked(index, hidden, importing('../__mocks__/index.js'))).toEqual([`tenant-query-unscoped ${hidden.path}`]);
  });

  it('does not become production by being imported by a test', () => {
    const test = changedFile('packages/api/src/routes/contacts.spec.ts', undefined, `import { drop } from '../testing/contacts';\n`);
    expect([...productionFiles([leak(), test], policy)]).toEqual([]);
  });

  it('counts for size and bugfix law when changed source imports it', () => {
    const changes = [leak(), importing('../testing/contacts')];
    expect(measureChange(evidenceOf(...changes)).source).toMatchObject({ files: 2, newFiles: [helper] });
    expect(measureChange(evidenceOf(leak())).source.files).toBe(0);
    expect(bugfixLaw.judge(evidenceOf(...changes)).map(({ rule, subject }) => `${rule} ${subject.path}`)).toEqual([`new-file-in-bugfix ${helper}`]);
  });

  it('may not silence a warning that tests may silence', () => {
    const silenced = changedFile(helper, 'export const drop = 1;\n', '// eslint-disable-next-line\nexport const drop = 1;\n');
    const severities = (...changes: readonly ChangedFile[]) => testIntegrity.judge(evidenceOf(...changes)).filter(({ rule }) => rule === 'suppression-added').map(({ severity }) => severity);
    expect(severities(silenced)).toEqual(['warn']);
    expect(severities(silenced, importing('../testing/contacts'))).toEqual(['block']);
  });

  it('tells what only a runner reads from what a program could', () => {
    const nothing = new Set<string>();
    expect([helper, 'packages/api/fixtures/seed.ts', 'packages/api/__fixtures__/seed.ts', 'packages/api/src/a.spec.ts'].filter((path) => isRuled(path, policy, nothing))).toEqual([helper, 'packages/api/fixtures/seed.ts']);
  });
});

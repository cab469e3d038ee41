import { changedFile, samplePolicy } from '../testing/sample-evidence';
import { classifyPath, withoutRecords } from './classify-path';

describe('classifyPath', () => {
  it.each([
    ['packages/api/src/contacts.ts', 'production'],
    ['packages/api/migrations/004_contacts.sql', 'production'],
    ['packages/api/src/contacts.spec.ts', 'test'],
    ['packages/api/__tests__/contacts.js', 'test'],
    ['packages/api/__fixtures__/contacts.spec.ts', 'test'],
    ['packages/api/__fixtures__/contacts.json', 'support'],
    ['packages/api/__fixtures__/README.md', 'support'],
    ['packages/api/README.md', 'prose'],
    ['package-lock.json', 'lock'],
    ['orchestra/waves/leak/wave-1/report.json', 'record'],
    ['orchestra/context/interfaces.md', 'record'],
    ['orchestra/waves/leak/goal.json', 'record'],
    ['orchestra/waves/leak/plan.json', 'record'],
    ['orchestra/waves/leak/wave-2/packet.lock.json', 'record'],
    ['orchestra/waves/leak/wave-2/report.md', 'record'],
    ['orchestra/context/packages/api.md', 'record'],
    ['orchestra/recordings/leak/w1-test.1.md', 'record'],
    ['orchestra/recordings/leak/w1-test.1.json', 'record'],
    ['orchestra/waves/leak/helper.ts', 'production'],
    ['orchestra/waves/leak/evil.dat', 'production'],
    ['orchestra/waves/leak/evil', 'production'],
    ['orchestra/waves/leak/evil.json', 'production'],
    ['orchestra/waves/leak/evil.node', 'production'],
    ['orchestra/waves/leak/roles.json', 'production'],
    ['orchestra/waves/leak/wave-1/goal.json', 'production'],
    ['orchestra/waves/goal.json', 'production'],
    ['orchestra/waves/leak/deeper/plan.json', 'production'],
    ['orchestra/context/roles.json', 'production'],
    ['orchestra/recordings/leak/w1-test.1.js', 'production'],
    ['orchestra/recordings/leak/w1-test.md', 'prose'],
    ['orchestra/context/run.sh', 'production'],
  ] as const)('%s is %s', (path, expected) => {
    expect(classifyPath(path, samplePolicy())).toBe(expected);
  });
});

describe('withoutRecords', () => {
  const record = 'orchestra/waves/leak/plan.json';
  const kept = (change: ReturnType<typeof changedFile>): number => withoutRecords([change], samplePolicy()).length;

  it('leaves our own records out', () => {
    expect(kept(changedFile(record, '{}', '{ }'))).toBe(0);
  });

  it.each([['120000', 'a link'], ['100755', 'a program'], ['160000', 'a submodule']])('keeps mode %s, %s, in the place of a record', (headMode) => {
    expect(kept({ ...changedFile(record, undefined, '../../packages'), headMode })).toBe(1);
  });

  it('keeps source that a rename takes away into a record', () => {
    expect(kept(changedFile(record, '{}', '{}', 'packages/api/roles.json'))).toBe(1);
  });
});

import { samplePolicy } from '../testing/sample-evidence';
import { classifyPath } from './classify-path';

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
    ['orchestra/waves/leak/helper.ts', 'production'],
    ['orchestra/context/run.sh', 'production'],
  ] as const)('%s is %s', (path, expected) => {
    expect(classifyPath(path, samplePolicy())).toBe(expected);
  });
});

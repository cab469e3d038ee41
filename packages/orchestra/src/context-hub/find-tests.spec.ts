import { policySchema, type RankedFile } from '../model';
import { indexAll } from './__fixtures__/small-crm';
import { findTests } from './find-tests';

const empty = (...paths: readonly string[]): readonly (readonly [string, string])[] => paths.map((path) => [path, 'export {};\n'] as const);
const ranked = (...paths: readonly string[]): readonly RankedFile[] => paths.map((path) => ({ path, score: 1, because: [] }));
const testsOf = (texts: readonly (readonly [string, string])[], ...sources: readonly string[]): readonly string[] =>
  findTests(indexAll(new Map(texts)), policySchema.parse({}), ranked(...sources)).map(({ path }) => path);

describe('findTests', () => {
  const both = empty('routes/contacts.ts', 'routes/contacts.v2.ts', 'routes/contacts.spec.ts', 'routes/contacts.limits.spec.ts', 'routes/contacts.v2.isolation.test.ts');

  it('gives a test to the source with the longest name that fits, and to that one only', () => {
    expect(testsOf(both, 'routes/contacts.ts')).toEqual(['routes/contacts.limits.spec.ts', 'routes/contacts.spec.ts']);
    expect(testsOf(both, 'routes/contacts.v2.ts')).toEqual(['routes/contacts.v2.isolation.test.ts']);
  });

  it('gives it to the shorter name where no source has the longer one', () => {
    const texts = both.filter(([path]) => path !== 'routes/contacts.v2.ts');
    expect(testsOf(texts, 'routes/contacts.ts')).toContain('routes/contacts.v2.isolation.test.ts');
  });

  it('does not give the test of a page to the route of the same name', () => {
    const texts = empty('web/contacts-page.tsx', 'web/contacts-page.spec.tsx', 'api/contacts.ts', 'api/contacts.spec.ts');
    expect(testsOf(texts, 'api/contacts.ts')).toEqual(['api/contacts.spec.ts']);
  });

  it('does not take a part of a word for a name', () => {
    expect(testsOf([...empty('api/contact.ts', 'api/contacts.spec.ts', 'api/contact.spec.ts')], 'api/contact.ts')).toEqual(['api/contact.spec.ts']);
  });

  it('takes a test that imports the source, whatever its name, and puts it behind the one that is named after it', () => {
    const texts = [...empty('api/contacts.ts', 'api/contacts.spec.ts'), ['api/tenants.spec.ts', "import { read } from './contacts';\n\nread();\n"] as const];
    expect(testsOf(texts, 'api/contacts.ts')).toEqual(['api/contacts.spec.ts', 'api/tenants.spec.ts']);
  });

  it('goes on to the tests of what imports the source only where it has none of its own', () => {
    const users = [['api/app.ts', "import { read } from './contacts';\n\nexport const app = read;\n"], ['api/app.spec.ts', "import { app } from './app';\n\napp();\n"]] as const;
    expect(testsOf([...empty('api/contacts.ts'), ...users], 'api/contacts.ts')).toEqual(['api/app.spec.ts']);
    expect(testsOf([...empty('api/contacts.ts', 'api/contacts.spec.ts'), ...users], 'api/contacts.ts')).toEqual(['api/contacts.spec.ts']);
  });

  it('shows the nearest test for its style where the sources have none', () => {
    const texts = empty('api/routes/contacts.ts', 'api/routes/leads.spec.ts', 'web/page.spec.tsx');
    expect(testsOf(texts, 'api/routes/contacts.ts')).toEqual(['api/routes/leads.spec.ts']);
  });
});

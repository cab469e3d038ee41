import { policySchema } from '../model';
import { checkEdits } from './check-edits';
import { checkLease } from './check-lease';
import { foldPaths } from './fold-paths';
import { isSecretPath } from './is-secret-path';

const policy = policySchema.parse({});
const task = { mayTouch: ['packages/api/**', '!**/*.spec.ts'], budget: { files: 2, contextTokens: 1 } };

describe('checkLease', () => {
  it('lets a path inside the lease pass', () => {
    expect(checkLease('packages/api/src/a.ts', task, policy)).toBeUndefined();
  });

  it.each([
    ['packages/web/src/a.ts', 'outside-lease'],
    ['packages/api/src/a.spec.ts', 'outside-lease'],
    ['../packages/api/src/a.ts', 'path-refused'],
    ['packages/api/../web/a.ts', 'path-refused'],
    ['packages/api/node_modules/x/index.js', 'path-refused'],
    ['packages/api/package.json', 'protected'],
    ['packages/api/Package.JSON', 'protected'],
    ['nx.json', 'protected'],
    ['packages/api/tsconfig.build.json', 'protected'],
    ['packages/api/.env', 'protected'],
    ['packages/api/.env.local', 'protected'],
    ['packages/api/certs/server.PEM', 'protected'],
    ['orchestra/waves/x/wave-1/report.json', 'protected'],
  ])('refuses %s as %s', (path, kind) => {
    expect(checkLease(path, { mayTouch: [...task.mayTouch, 'orchestra/**', 'nx.json'] }, policy)).toMatchObject({ kind, path });
  });

  it('refuses a file where a folder is, and a folder where a file is', () => {
    const existing = foldPaths(['packages/api/src/users.ts']);
    const wide = { mayTouch: ['**'] };
    expect(checkLease('packages/api/src', wide, policy, existing)?.because).toContain('is a folder');
    expect(checkLease('packages/api/src/users.ts/a.ts', wide, policy, existing)?.because).toContain('is a file, not a folder');
    expect(checkLease('packages/api/src/users/a.ts', wide, policy, existing)).toBeUndefined();
  });

  it('refuses another spelling of a file or folder that exists', () => {
    const existing = foldPaths(['packages/api/src/Users.ts', 'packages/API-docs/x.ts']);
    const wide = { mayTouch: ['**'] };
    expect(checkLease('packages/api/src/Users.ts', wide, policy, existing)).toBeUndefined();
    expect(checkLease('packages/api/src/users.ts', wide, policy, existing)?.because).toContain('"packages/api/src/Users.ts"');
    expect(checkLease('Packages/api/src/new.ts', wide, policy, existing)?.because).toContain('"packages/api/src"');
    expect(checkLease('packages/api-docs/y.ts', wide, policy, existing)?.kind).toBe('path-refused');
    expect(checkLease('packages/API-docs/y.ts', wide, policy, existing)).toBeUndefined();
    expect(checkLease('packages/api/src/ｕsers.ts', wide, policy, existing)?.kind).toBe('path-refused');
  });
});

describe('checkEdits', () => {
  it('looks at both ends of a rename and says which edit is at fault', () => {
    const edits = [
      { kind: 'delete', path: 'packages/api/a.ts' },
      { kind: 'rename', path: 'packages/api/b.ts', to: 'packages/web/b.ts' },
    ] as const;
    expect(checkEdits(edits, { ...task, budget: { files: 3, contextTokens: 1 } }, policy)).toEqual([
      { kind: 'outside-lease', edit: 1, path: 'packages/web/b.ts', because: 'the task may not touch this path' },
    ]);
  });

  it('refuses more files than the budget, counting each file once', () => {
    const edit = (path: string) => ({ kind: 'replace', path, find: 'a', with: 'b' }) as const;
    const twice = [edit('packages/api/a.ts'), edit('packages/api/a.ts'), edit('packages/api/b.ts')];
    expect(checkEdits(twice, task, policy)).toEqual([]);
    expect(checkEdits([...twice, edit('packages/api/c.ts')], task, policy)).toMatchObject([{ kind: 'too-many-files' }]);
  });
});

describe('isSecretPath', () => {
  it.each(['.env', 'a/.env.production', 'a/prod.env', '.npmrc', 'keys/id_ed25519', 'x.key'])('knows %s', (path) => {
    expect(isSecretPath(path)).toBe(true);
  });
  it.each(['.env.example', 'a/.env.sample', 'src/env.ts', 'src/key.ts', 'src/environment.ts'])('leaves %s alone', (path) => {
    expect(isSecretPath(path)).toBe(false);
  });
});

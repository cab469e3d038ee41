import { policySchema } from '../model';
import { checkLease } from './check-lease';
import { matchesGlobs } from './matches-globs';
import { protectedGlobs } from './protected-globs';

const policy = policySchema.parse({});
const isProtected = (path: string): boolean => matchesGlobs(path, protectedGlobs(policy));

describe('protectedGlobs', () => {
  it.each([
    'orchestra/orchestra.json', 'nx.json', 'nx', '.nx/nxw.js', '.nxignore', 'packages/api/project.json', 'tools/plugins/my-plugin/index.ts',
    '.github/workflows/ci.yml', '.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.circleci/config.yml', '.gitlab-ci.yml', '.gitlab/ci/build.yml', '.buildkite/pipeline.yml',
    'azure-pipelines.yml', 'azure-pipelines-nightly.yaml', 'Jenkinsfile', 'bitbucket-pipelines.yml', '.devcontainer/devcontainer.json',
    '.gitignore', 'packages/api/.gitignore', 'packages/api/.gitattributes', '.gitmodules', '.husky/pre-commit', '.githooks/pre-push', 'lefthook.yml', '.lefthook.yml', '.lintstagedrc.js',
    'lint-staged.config.mjs', 'package.json', 'package-lock.json', 'packages/api/npm-shrinkwrap.json', 'pnpm-workspace.yaml', '.pnpmfile.cjs', '.yarnrc.yml', '.yarn/releases/yarn-4.cjs',
    'patches/jest+30.0.0.patch', '.npmrc', '.nvmrc', 'bunfig.toml', 'deno.json',
    'tsconfig.base.json', 'jsconfig.json', '.swcrc', 'packages/api/.swcrc', 'babel.config.js', '.babelrc', 'packages/api/.babelrc.js', 'vite.config.ts', 'packages/web/webpack.config.js', 'tsup.config.ts',
    'jest.config.json', 'packages/api/jest.config.mts', 'jest.preset.mjs', 'packages/api/jest.setup.tsx', 'packages/api/jest-setup.ts', 'vitest.config.mts', 'vitest.config.cts', 'vitest.workspace.json',
    'playwright.config.ts', 'packages/web/cypress.config.ts', '.mocharc.js', 'packages/api/test-setup.ts', 'packages/web/setupTests.ts', '.nycrc', 'packages/api/.c8rc.json',
    'eslint.config.mjs', '.eslintrc.json', '.eslintignore', 'biome.json', '.dependency-cruiser.cjs',
  ])('holds %s by default', (path) => {
    expect(isProtected(path)).toBe(true);
  });

  it.each([
    'packages/api/src/contacts.ts', 'packages/api/src/contacts.spec.ts', 'packages/api/src/patches/apply.ts', 'packages/api/src/setup.ts', 'packages/api/src/next.ts', 'packages/api/Dockerfile', 'README.md',
    'packages/api/src/testing/contacts.ts', 'tools/seed.ts', 'orchestra/goals/leak.json',
  ])('leaves %s to the specialists', (path) => {
    expect(isProtected(path)).toBe(false);
  });

  it('adds what the workspace names, and takes nothing away for it', () => {
    const globs = protectedGlobs(policySchema.parse({ alsoProtected: ['packages/judge/**'] }));
    expect(matchesGlobs('packages/judge/src/judge.ts', globs)).toBe(true);
    expect(matchesGlobs('nx.json', globs)).toBe(true);
  });

  it('holds the prompt file of each specialist, as a path and not as a pattern', () => {
    const prompts = policySchema.parse({ specialists: [{ name: 'api', domain: ['**'], prompt: './prompts/[api].md' }, { name: 'web', domain: ['**'], prompt: 'prompts/web.md' }] });
    const globs = protectedGlobs(prompts);
    expect(['prompts/[api].md', 'prompts/web.md', 'prompts/a.md'].filter((path) => matchesGlobs(path, globs))).toEqual(['prompts/[api].md', 'prompts/web.md']);
    expect(checkLease('prompts/[api].md', { mayTouch: ['**'] }, prompts)).toMatchObject({ kind: 'protected' });
    expect(checkLease('prompts/Web.md', { mayTouch: ['**'] }, prompts)).toMatchObject({ kind: 'protected' });
  });
});

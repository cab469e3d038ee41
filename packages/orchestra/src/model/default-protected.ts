/**
 * What steers judge, build, tests and installation by default. A change here can turn a red result green without touching the
 * code, so it always needs a person. Product configuration (Dockerfiles, framework settings) is left out on purpose: its
 * change shows in what runs, and the specialists work on it.
 */
export const defaultProtected: readonly string[] = [
  // The rules of this tool, and what it replays.
  'orchestra/orchestra.json', 'orchestra/ARCHITECTURE.md', 'orchestra/CONVENTIONS.md', 'orchestra/recordings/**',
  // Workspace and its plugins.
  'nx', 'nx.bat', 'nx.json', '.nx/**', '.nxignore', '**/project.json', 'workspace.json', '**/lerna.json', '**/turbo.json', '**/rush.json', 'tools/plugins/**',
  // Continuous integration, and who must review.
  '.github/**', '.ci/**', '.circleci/**', '.gitlab/**', '.gitlab-ci*', '.buildkite/**', '.azure/**', '.woodpecker/**', '.drone.y*ml', '.travis.y*ml',
  'azure-pipelines*.y*ml', 'appveyor.y*ml', 'cloudbuild.y*ml', 'Jenkinsfile*', 'bitbucket-pipelines.y*ml', '**/CODEOWNERS', '.devcontainer/**', '.devcontainer.json',
  // Git and its hooks.
  '.git*', '**/.git{attributes,ignore,modules}', '.husky/**', '.githooks/**', '**/{,.}lefthook*.{yml,yaml,toml,json}', '.lefthook/**', '.pre-commit-config.yaml',
  '**/.lintstagedrc*', '**/lint-staged.config.*', '**/commitlint.config.*', '**/.commitlintrc*',
  // Packages, and what runs while they are installed.
  '**/package.json', '**/{package-lock,npm-shrinkwrap}.json', '**/pnpm-lock.yaml', '**/pnpm-workspace.yaml', '**/.pnpmfile.*', '**/yarn.lock', '**/.yarnrc*', '**/.yarn/**',
  '**/.pnp.*', '**/bun.lock*', '**/bunfig.toml', '**/deno.{json,jsonc,lock}', '**/.npmrc', 'patches/**', '.nvmrc', '.node-version', '.tool-versions', '.mise.toml', 'mise.toml',
  // Compilers and bundlers.
  '**/{ts,js}config*.json', '**/.swcrc*', '**/swc.config.*', '**/babel.config.*', '**/.babelrc*', '**/{vite,webpack,rollup,rspack,rsbuild,esbuild,tsup,tsdown,unbuild}.config.*',
  // Test runners, and what they load before the tests.
  '**/jest.*.{js,ts,cjs,mjs,cts,mts,jsx,tsx,json}', '**/jest.{config,preset,setup}.*', '**/vitest.*.{js,ts,cjs,mjs,cts,mts,jsx,tsx,json}', '**/{vitest,playwright,cypress,ava,wdio}.config.*',
  '**/vitest.workspace.*', '**/karma.conf.*', '**/.mocharc*', '**/{jest,vitest,mocha}-setup.*', '**/setup-{jest,vitest,mocha}.*', '**/setup{Jest,Vitest,Tests}.*',
  '**/setup-tests.*', '**/test{-,.}setup.*', '**/global{-,.}setup.*', '**/global{Setup,Teardown}.*', '**/.nycrc*', '**/nyc.config.*', '**/.c8rc*',
  // Linters and the rules of imports.
  '**/eslint.config.*', '**/.eslintrc*', '**/.eslintignore', '**/biome.json*', '**/.oxlintrc*', '**/.dependency-cruiser.*',
];

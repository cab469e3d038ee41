import type { PackageManager } from './package-manager';

export interface WorkflowFacts {
  readonly gate: string;
  /** Those of lint, typecheck, test and build that a project of the workspace has, in this order. */
  readonly targets: readonly string[];
  readonly packageManager: PackageManager;
  readonly defaultBase: string;
  /** File that names the Node version, when the workspace has one. */
  readonly nodeVersionFile?: string;
  readonly remoteCache: boolean;
}

/** The workflow as text, not from data: its comments are for whoever opens it. */
export function renderWorkflow(facts: WorkflowFacts): string {
  const { packageManager: { name, install, nx }, gate, targets } = facts;
  const cache = facts.remoteCache ? stepEnvironment : [];
  return `${[
    '# Written by `nx g @aisha/orchestra:ci-workflow`, which leaves this file alone once it differs (--force writes it anew).',
    'name: orchestra',
    'on:',
    '  push:',
    `    branches: [${JSON.stringify(facts.defaultBase)}]`,
    '  pull_request:',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  orchestra:',
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 60',
    '    env:',
    "      NX_DAEMON: 'false'",
    "      NX_NO_CLOUD: 'true'",
    "      NX_TUI: 'false'",
    '    steps:',
    '      - uses: actions/checkout@v4',
    '        with:',
    '          # The gate plans the goal again on the base commit: a shallow clone would leave it unjudged.',
    '          fetch-depth: 0',
    '          # No step after this one talks to the repository; a test must not find a token to do so.',
    '          persist-credentials: false',
    ...(name === 'pnpm' ? ['      - uses: pnpm/action-setup@v4'] : []),
    ...(name === 'yarn' && install.includes('immutable') ? ['      - run: corepack enable'] : []),
    '      - uses: actions/setup-node@v4',
    '        with:',
    facts.nodeVersionFile === undefined ? '          node-version: 22' : `          node-version-file: ${facts.nodeVersionFile}`,
    `          cache: ${name}`,
    '      - name: Choose what to compare with',
    '        env:',
    '          BEFORE: ${{ github.event.before }}',
    '        run: |',
    '          # A pull request is checked out merged into its base, which is the first parent then. A push names the commit',
    '          # before it, which a new branch does not have and a forced push may have lost.',
    '          if [ "$GITHUB_EVENT_NAME" = pull_request ]; then BEFORE=$(git rev-parse HEAD^1); fi',
    '          git cat-file -e "$BEFORE^{commit}" || BEFORE=$(git rev-list --max-parents=0 HEAD | tail -n 1)',
    '          echo "NX_BASE=$BEFORE" >> "$GITHUB_ENV"',
    '          echo "NX_HEAD=$(git rev-parse HEAD)" >> "$GITHUB_ENV"',
    '      - id: install',
    `        run: ${install}`,
    ...(facts.remoteCache ? probe : []),
    `      - run: ${nx} sync:check`,
    ...(targets.length === 0 ? [] : [`      - run: ${nx} affected -t ${targets.join(' ')}`, ...cache]),
    `      - run: ${nx} affected -t validate-wave --exclude=${gate}`,
    ...cache,
    '      # Not left to `affected`: a change outside every project needs a judge as well, and a failed step above needs a',
    '      # report. It writes the step summary itself.',
    `      - run: ${nx} run ${gate}:validate-wave`,
    "        if: ${{ !cancelled() && steps.install.outcome == 'success' }}",
    ...cache,
    '      # report.md to read, report.json for tools, report.sarif for code scanning.',
    '      - uses: actions/upload-artifact@v4',
    "        if: ${{ !cancelled() && steps.install.outcome == 'success' }}",
    '        with:',
    '          name: wave-report',
    '          path: .orchestra/reports',
    '          include-hidden-files: true',
    '          if-no-files-found: ignore',
  ].join('\n')}\n`;
}

/** Step by step and not for the whole job: what the installation runs must not see the token. */
const stepEnvironment = [
  '        env:',
  '          NX_SELF_HOSTED_REMOTE_CACHE_SERVER: ${{ vars.NX_SELF_HOSTED_REMOTE_CACHE_SERVER }}',
  '          NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: ${{ secrets.NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN }}',
];

/** Nx fails a run whose cache server is down or refuses the token (a fork has none): neither is a fault of the change. */
const probe = [
  '      - name: Go on without a remote cache that does not answer',
  ...stepEnvironment,
  '        run: |',
  '          status=$(curl --silent --output /dev/null --max-time 10 --write-out "%{http_code}" \\',
  '            --header "Authorization: Bearer $NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN" "$NX_SELF_HOSTED_REMOTE_CACHE_SERVER/v1/cache/0") || true',
  '          case "$status" in',
  '            200 | 404) ;;',
  '            *)',
  '              echo "::warning::The remote cache did not answer as one (status $status): this job goes on without it."',
  '              echo "NX_SKIP_REMOTE_CACHE=true" >> "$GITHUB_ENV" ;;',
  '          esac',
];

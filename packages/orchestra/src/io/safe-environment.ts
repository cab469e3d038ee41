/**
 * What proposed code may see of our environment: names on this list and nothing else. An allow-list, because the
 * names of tomorrow's keys are not known; so no provider key, cloud token or database URL gets through.
 * `NODE_OPTIONS` is left out although a large build may miss it: it can load code.
 * `HOME` stays ours by default: Nx keeps its cache there. A run in a scratch tree passes its own.
 */
const allowed: readonly string[] = [
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR',
  'NX_BASE', 'NX_HEAD', 'NX_PARALLEL', 'NX_CACHE_DIRECTORY', 'NX_WORKSPACE_DATA_DIRECTORY', 'NX_PROJECT_GRAPH_CACHE_DIRECTORY',
  'NX_NATIVE_FILE_CACHE_DIRECTORY', 'NX_ALLOW_INSECURE_DIRECTORIES', 'NX_SKIP_NX_CACHE', 'NX_SKIP_REMOTE_CACHE',
  // Nx's own guard against a target that runs itself.
  'NX_INVOCATION_ANCESTOR_PIDS',
];

const fixed: Readonly<Record<string, string>> = {
  LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC', CI: '1', NO_COLOR: '1', FORCE_COLOR: '0',
  NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', NX_INTERACTIVE: 'false',
  NX_SKIP_PROVENANCE_CHECK: 'true', NX_SKIP_LOG_GROUPING: 'true',
  // Nx would read the workspace's `.env` files into every task: keys by another door.
  NX_LOAD_DOT_ENV_FILES: 'false',
  npm_config_offline: 'true', npm_config_update_notifier: 'false', npm_config_fund: 'false', npm_config_audit: 'false',
};

/**
 * An environment for code that nobody has judged yet: the allowed names of `source`, quiet and offline settings, then
 * `extra` as given (the one door for a variable that a caller has decided about, e.g. the remote cache's token).
 */
export function safeEnvironment(
  extra: Readonly<Record<string, string>> = {},
  source: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of allowed) {
    const value = source[name];
    if (value !== undefined) environment[name] = value;
  }
  return { ...environment, ...fixed, ...extra };
}

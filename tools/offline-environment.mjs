/**
 * For every Nx that our scripts start: no daemon that outlives them, no cloud, no prompts, no terminal UI, plain text.
 * Plugins run in the same process, which makes a nested run about three times faster.
 */
export const offlineEnvironment = Object.freeze({
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  NX_INTERACTIVE: 'false',
  NX_SKIP_PROVENANCE_CHECK: 'true',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
});

import { runProcess } from './run-process';
import { safeEnvironment } from './safe-environment';

const planted: Record<string, string> = {
  OPENAI_API_KEY: 'sk-planted', ANTHROPIC_API_KEY: 'planted', GITHUB_TOKEN: 'ghp_planted', GH_TOKEN: 'planted', NPM_TOKEN: 'planted',
  AWS_ACCESS_KEY_ID: 'planted', AWS_SECRET_ACCESS_KEY: 'planted', AWS_SESSION_TOKEN: 'planted', AZURE_OPENAI_API_KEY: 'planted',
  NX_CLOUD_ACCESS_TOKEN: 'planted', NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: 'planted', NX_SELF_HOSTED_REMOTE_CACHE_SERVER: 'http://planted',
  DATABASE_URL: 'postgres://u:planted@h/d', SUPABASE_SERVICE_ROLE_KEY: 'planted', SSH_AUTH_SOCK: '/planted', NODE_OPTIONS: '--require=/planted.js',
  SOMETHING_NEW_SECRET: 'planted', GIT_DIR: '/planted',
};

test('a child sees none of the planted keys and tokens, and all of the quiet settings', async () => {
  const env = safeEnvironment({}, { ...process.env, ...planted });
  const { stdout } = await runProcess({ command: process.execPath, args: ['-p', 'JSON.stringify(process.env)'], cwd: '/', env });
  expect(stdout).not.toContain('planted');
  expect(JSON.parse(stdout)).toMatchObject({
    CI: '1', TZ: 'UTC', LANG: 'C.UTF-8', NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_LOAD_DOT_ENV_FILES: 'false', PATH: process.env['PATH'],
  });
});

test('the caller decides about what it adds, and nothing else rides along', () => {
  const env = safeEnvironment({ NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: 'read-only', HOME: '/scratch/home' }, planted);
  expect(env['NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN']).toBe('read-only');
  expect(env['HOME']).toBe('/scratch/home');
  expect(JSON.stringify(env)).not.toContain('planted');
});

test('its own settings win over the source', () => {
  expect(safeEnvironment({}, { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', NX_DAEMON: 'true' })).toMatchObject({ TZ: 'UTC', LANG: 'C.UTF-8', NX_DAEMON: 'false' });
});

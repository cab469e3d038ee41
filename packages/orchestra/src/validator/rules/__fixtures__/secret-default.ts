import type { RuleFixture } from './rule-fixture';

const javascript = `
const sessionSecret = process.env.SESSION_SECRET || 'keyboard cat';
const port = process.env.PORT || '3001';

export function modelClient() {
  return new Client({ apiKey: process.env.MODEL_API_KEY, timeout: 1000 });
}
`;

const typescript = `
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const { TOKEN_SECRET = 'development only', TOKEN_TTL = '3600' } = process.env;
  const password = process.env['DATABASE_PASSWORD'];
  if (password === undefined) throw new Error('DATABASE_PASSWORD is not set');
  return { secret: TOKEN_SECRET, ttl: Number(TOKEN_TTL), password };
}
`;

export const secretDefaultFixtures: readonly RuleFixture[] = [
  {
    rule: 'secret-default',
    path: 'packages/api/src/config.js',
    base: javascript,
    debt: javascript.replace(`process.env.SESSION_SECRET || 'keyboard cat'`, `process.env.SESSION_SECRET || "keyboard cat"`).replace('1000', '2000'),
    bad: javascript.replace('process.env.MODEL_API_KEY,', `process.env.MODEL_API_KEY ?? process.env.API_KEY ?? 'change-me-now',`),
    good: javascript.replace(`process.env.SESSION_SECRET || 'keyboard cat'`, `required('SESSION_SECRET')`),
    where: 'modelClient',
  },
  {
    rule: 'secret-default',
    path: 'packages/api/src/read-config.ts',
    base: typescript,
    debt: typescript.replace('TOKEN_TTL = \'3600\'', 'TOKEN_TTL = \'7200\''),
    bad: typescript.replace(`process.env['DATABASE_PASSWORD'];`, `process.env['DATABASE_PASSWORD'] ? process.env['DATABASE_PASSWORD'] : 'postgres-local-1';`),
    good: typescript.replace(`TOKEN_SECRET = 'development only', `, 'TOKEN_SECRET, '),
    where: 'readConfig',
  },
];

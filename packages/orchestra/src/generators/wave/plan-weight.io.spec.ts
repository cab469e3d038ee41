import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const script = `
  require(${JSON.stringify(join(__dirname, 'run-wave-command.ts'))});
  console.log(JSON.stringify(Object.keys(require.cache)));`;

it('a command that plans loads no diff, no scanner, no runner, and no schema of what it may never read', () => {
  const loaded = JSON.parse(execFileSync(process.execPath, ['-r', '@swc-node/register', '-e', script], { cwd: __dirname, encoding: 'utf8' })) as readonly string[];
  expect(loaded.some((path) => path.endsWith('model/policy.ts'))).toBe(true);
  const needless = /node_modules\/(?:diff|@secretlint|@nx\/devkit|openai)\/|io\/(?:test-runner|target-runner|scratch-trees|models\/(?:command|openai))|model\/(?:agent-output|backtest|context-packet|evidence|rule-settings|wave-plan|wave-report|wave-state|workspace-graph)\.ts/;
  expect(loaded.filter((path) => needless.test(path))).toEqual([]);
});

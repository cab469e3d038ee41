import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const script = `
  require(${JSON.stringify(join(__dirname, 'run-wave-command.ts'))});
  console.log(JSON.stringify(Object.keys(require.cache)));`;

it('a command that plans loads no diff, no scanner, no runner, and none of the schemas that only reports and the gate read', () => {
  const loaded = JSON.parse(execFileSync(process.execPath, ['-r', '@swc-node/register', '-e', script], { cwd: __dirname, encoding: 'utf8' })) as readonly string[];
  expect(loaded.some((path) => path.endsWith('model/policy.ts'))).toBe(true);
  const needless = /node_modules\/(?:diff|@secretlint|@nx\/devkit|openai)\/|io\/(?:test-runner|target-runner|scratch-trees|models\/(?:command|openai))|model\/(?:backtest|evidence|rule-settings|wave-report|workspace-graph)\.ts/;
  expect(loaded.filter((path) => needless.test(path))).toEqual([]);
});

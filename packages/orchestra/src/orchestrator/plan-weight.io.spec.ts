import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const script = `
  require(${JSON.stringify(join(__dirname, 'run-wave.ts'))});
  console.log(JSON.stringify(Object.keys(require.cache)));`;

it('plans without grammar and tokenizer, which take longer to load than a plan takes to make', () => {
  const loaded = JSON.parse(execFileSync(process.execPath, ['-r', '@swc-node/register', '-e', script], { cwd: __dirname, encoding: 'utf8' })) as readonly string[];
  expect(loaded.some((path) => path.endsWith('rank-files.ts'))).toBe(true);
  expect(loaded.filter((path) => /ts-morph|gpt-tokenizer/.test(path))).toEqual([]);
});

import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bin, git, ratio, requireBuild, root, row, scratch, timeNode, verdict } from './measure.mjs';

/**
 * `orchestra interfaces --full` against `repomix --compress`, whole processes in turn on the same files:
 *   node tools/bench/interfaces.mjs --repo <clone or bare git dir> [--runs 3]
 * Cold; nothing changed; one file in a hundred changed. Wall time, peak memory, o200k tokens.
 */
const { values } = parseArgs({ options: { repo: { type: 'string' }, runs: { type: 'string', default: '3' } } });
if (values.repo === undefined) {
  console.error('--repo is required');
  process.exit(2);
}
requireBuild();
const runs = Number(values.runs);
const folder = scratch('interfaces');
const peer = join(folder, 'peer');
const tree = join(folder, 'tree');
const sources = /\.(?:tsx?|jsx?|mjs|cjs|mts|cts)$/;
const unpublished = /(?:^|\/)(?:node_modules|dist|archive|tmp)\//;

// Never a dependency: another version may need another Node.
mkdirSync(peer);
const installed = spawnSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', peer, 'repomix@1.14.0'], { encoding: 'utf8' });
if (installed.status !== 0) throw new Error(`repomix could not be installed: ${installed.stderr}`);
const repomix = join(peer, 'node_modules/repomix/bin/repomix.cjs');

git(folder, 'clone', '--quiet', '--no-hardlinks', resolve(values.repo), tree);
const all = git(tree, 'ls-files', '-z').split('\0').filter((path) => path !== '');
const kept = all.filter((path) => sources.test(path) && !unpublished.test(path));
const dropped = all.filter((path) => !kept.includes(path) && !/(?:^|\/)(?:package|project)\.json$/.test(path));
for (let start = 0; start < dropped.length; start += 500) git(tree, 'rm', '--quiet', '--force', '--', ...dropped.slice(start, start + 500));
git(tree, 'commit', '--quiet', '--message', 'sources only');

const cache = join(folder, 'cache');
const out = join(folder, 'out');
const packed = join(folder, 'packed.xml');
const ours = () => timeNode(folder, [bin, 'interfaces', '--repo', tree, '--out', out, '--cache', cache, '--full'], folder);
const theirs = () => timeNode(folder, [repomix, '--compress', '--quiet', '--include', '**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}', '--output', packed, tree], folder);
const samples = { cold: [], unchanged: [], changed: [], repomix: [] };
for (let run = 0; run < runs; run += 1) {
  samples.repomix.push(theirs());
  rmSync(cache, { recursive: true, force: true });
  samples.cold.push(ours());
  samples.unchanged.push(ours());
  kept.filter((_, position) => position % 100 === run % 100).forEach((path) => appendFileSync(join(tree, path), `\nexport const benchRun${run} = ${run};\n`));
  git(tree, 'commit', '--quiet', '--all', '--message', `one in a hundred, run ${run}`);
  samples.changed.push(ours());
  console.error(`run ${run + 1} of ${runs}`);
}
const { countTokens } = await import(createRequire(join(root, 'packages/orchestra/package.json')).resolve('gpt-tokenizer/encoding/o200k_base'));
const tokens = (text) => countTokens(text, { disallowedSpecial: new Set() });
const own = readdirSync(out).reduce((total, page) => total + tokens(readFileSync(join(out, page), 'utf8')), 0);
const their = tokens(readFileSync(packed, 'utf8'));

console.log(`${kept.length} source files, ${runs} runs each, Node ${process.versions.node}`);
console.log([row('orchestra interfaces, cold', samples.cold), row('nothing changed', samples.unchanged), row('1 % changed', samples.changed), row('repomix 1.14.0 --compress', samples.repomix)].join('\n'));
console.log(`tokens: ${own} against ${their}; processor, cold / repomix: ${ratio(samples.cold, samples.repomix, 'cpu').toFixed(3)}`);
const held = [
  verdict('cold / repomix --compress', ratio(samples.cold, samples.repomix), 0.5), verdict('tokens / repomix --compress', own / their, 0.2),
  verdict('nothing changed / cold', ratio(samples.unchanged, samples.cold), 0.1), verdict('1 % changed / cold', ratio(samples.changed, samples.cold), 0.3),
  verdict('peak memory cold, MiB', Math.max(...samples.cold.map(({ peak }) => peak)), 300),
];
process.exitCode = held.every(Boolean) ? 0 : 1;

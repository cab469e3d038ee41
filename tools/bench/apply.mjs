import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Parse, match and apply 1,000 edits over 200 files, against the `diff` package parsing and applying the same changes as unified
 * diffs. Both end at the same texts, which is checked. Build the plugin first: npx nx build orchestra, then
 *
 *     node tools/bench/apply.mjs [--rounds 9]
 */
const require = createRequire(fileURLToPath(new URL('../../packages/orchestra/package.json', import.meta.url)));
const { parseReply } = require('./dist/specialists/parse-reply.js');
const { applyEdits } = require('./dist/patch/apply-edits.js');
const { applyPatch, createTwoFilesPatch, parsePatch } = require('diff');

const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1] || 9) || 9;
const fileCount = 200;
const editsPerFile = 5;
const linesPerFile = 400;

const pathOf = (index) => `packages/shop/src/file-${String(index).padStart(3, '0')}.ts`;
const lineOf = (file, line) => (line % 8 === 0 ? '}' : line % 8 === 1 ? `export function step${file}x${line}(input: number): number {` : `  const value${line} = compute(input, ${(file * 31 + line * 7) % 97}, 'name-${line}');`);
const before = new Map(Array.from({ length: fileCount }, (_, file) => [pathOf(file), `${Array.from({ length: linesPerFile }, (_, line) => lineOf(file, line)).join('\n')}\n`]));

const blocks = [];
const after = new Map();
for (const [path, text] of before) {
  const lines = text.split('\n');
  for (let edit = 0; edit < editsPerFile; edit += 1) {
    const at = 20 + edit * 75;
    const find = lines.slice(at, at + 3);
    const replacement = [find[0], `${find[1]} // changed`, '  const added = 1;', find[2]];
    blocks.push(['```ts', path, '<<<<<<< SEARCH', ...find, '=======', ...replacement, '>>>>>>> REPLACE', '```'].join('\n'));
    lines.splice(at, 3, ...replacement);
  }
  after.set(path, lines.join('\n'));
}
const reply = `status: edits\nsummary: many\n\n${blocks.join('\n\n')}\n\nEND OF REPLY\n`;
const patch = [...before].map(([path, text]) => createTwoFilesPatch(path, path, text, after.get(path))).join('');

const ours = () => {
  const parsed = parseReply(reply, 'w1-backend');
  if (parsed.kind !== 'edits') throw new Error(JSON.stringify(parsed).slice(0, 500));
  const applied = applyEdits(before, parsed.output.edits);
  if (applied.rejections.length > 0) throw new Error(JSON.stringify(applied.rejections[0]));
  return applied.changed;
};
const theirs = () => new Map(parsePatch(patch).map((file) => [file.newFileName, applyPatch(before.get(file.oldFileName), file)]));

for (const [name, result] of [['orchestra', ours()], ['diff', theirs()]]) {
  for (const [path, text] of after) if (result.get(path) !== text) throw new Error(`${name}: ${path} did not come out as it should`);
}

const time = (run) => {
  const began = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - began) / 1e6;
};
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const pairs = Array.from({ length: rounds }, () => ({ ours: time(ours), theirs: time(theirs) }));
globalThis.gc?.();
const heapBefore = process.memoryUsage().heapUsed;
const kept = ours();
const heap = (process.memoryUsage().heapUsed - heapBefore) / 1024 / 1024;
console.log(JSON.stringify({
  edits: fileCount * editsPerFile, files: kept.size, replyKiB: Math.round(reply.length / 1024), textMiB: Number(([...before.values()].join('').length / 1024 / 1024).toFixed(1)), rounds,
  orchestraMs: Number(median(pairs.map((pair) => pair.ours)).toFixed(1)), diffMs: Number(median(pairs.map((pair) => pair.theirs)).toFixed(1)),
  ratio: Number(median(pairs.map((pair) => pair.ours / pair.theirs)).toFixed(2)), heapOfOneRunMiB: Number(heap.toFixed(1)), peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
}, undefined, 2));

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Turns the replies that a language model has given to handed-out prompts into recordings, byte for byte:
 *
 *     node tools/record-replies.mjs <workspace with .orchestra/handoff> <goal id>
 *
 * A recording is never written or edited by hand: its prompt's hash stands beside it.
 */
const [workspace, goal] = process.argv.slice(2);
if (workspace === undefined || goal === undefined || !/^[a-z0-9][a-z0-9-]*$/.test(goal)) {
  console.error('usage: node tools/record-replies.mjs <workspace> <goal id>');
  process.exit(2);
}
const handoff = join(workspace, '.orchestra/handoff', goal);
const target = join(fileURLToPath(new URL('..', import.meta.url)), 'orchestra/recordings', goal);
mkdirSync(target, { recursive: true });
for (const name of readdirSync(handoff).filter((each) => each.endsWith('.reply.md'))) {
  const stem = name.slice(0, -'.reply.md'.length);
  const prompt = readFileSync(join(handoff, `${stem}.prompt.md`));
  const packet = JSON.parse(readFileSync(join(workspace, '.orchestra/waves', goal, `${stem}.packet.json`), 'utf8'));
  const files = Object.fromEntries(packet.files.map((file) => [file.path, file.hash]).sort(([a], [b]) => (a < b ? -1 : 1)));
  const sidecar = { version: 1, model: 'recorded from a language model', promptHash: createHash('sha256').update(prompt).digest('hex'), files };
  writeFileSync(join(target, `${stem}.md`), readFileSync(join(handoff, name)));
  writeFileSync(join(target, `${stem}.json`), `${JSON.stringify(sidecar, undefined, 2)}\n`);
  console.log(`recorded ${goal}/${stem}`);
}

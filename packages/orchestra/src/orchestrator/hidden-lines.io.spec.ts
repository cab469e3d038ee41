import { createSecretScanner } from '../io/secret-scanner';
import { outlineFile } from '../context-hub/outline-file';
import { renderOutline } from '../context-hub/render-outline';
import { type OrchestrationGoal, policySchema, type Edit } from '../model';
import { specialistsOf } from '../specialists/registry';
import { fakeIo } from '../testing/fake-io';
import { graphOf } from '../testing/graph-of';
import { contextFor } from './answer-tasks';
import { beginConversation } from './conversation';
import { gatherSources } from './gather-sources';
import { planFrom, surveyWorkspace } from './make-plan';
import { tryReply } from './try-reply';
import { openWaveView } from './wave-view';

/** Put together at run time, so that no file of this repository holds anything shaped like a key. */
const filler = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0';
const stripe = ['sk_', 'live_', filler].join('');
const pem = ['-----BEGIN RSA PRIVATE', ' KEY-----\n', Array.from({ length: 60 }, (_, line) => `MI${line}${filler}`).join('\n'), '\n-----END RSA PRIVATE', ' KEY-----'].join('');
const signing = 'packages/backend/src/signing.ts';
const hooks = 'packages/backend/src/hooks.ts';
const fee = 'packages/backend/src/fee.ts';
const files = {
  'packages/backend/package.json': '{"name":"@shop/backend"}',
  [fee]: 'export const fee = 4.9;\n',
  [signing]: `export const signing = \`${pem}\`;\nexport const fee = 4.9;\n`,
  [hooks]: `import { fees } from './fee';\napp.use('/hooks/${stripe}', fees);\n`,
};
const goal: OrchestrationGoal = { id: 'fee', type: 'bugfix', title: 'The fee is wrong', description: 'fee in fee.ts, hooks.ts and signing.ts', targetFiles: [fee, hooks, signing] };
const policy = policySchema.parse({ specialists: [{ name: 'backend', domain: ['packages/backend/**'] }] });

async function taskOf() {
  const io = { ...fakeIo({ commits: { base: files }, graph: graphOf({ backend: [] }) }), secrets: createSecretScanner() };
  const request = { goal, base: 'base', policy, specialists: specialistsOf(policy), conventions: '' };
  const survey = await surveyWorkspace(io, request);
  const task = planFrom(survey, request).waves[0]?.tasks.find(({ agent }) => agent === 'backend');
  if (task === undefined) throw new Error('nothing was planned');
  return { context: contextFor(io, { ...request, waveIndex: 1, findings: [], rounds: {}, planOnly: false, preview: false }, survey, task), task, view: openWaveView(io, 'base'), begun: beginConversation(goal, [], 0) };
}

it('a reply that pretends to make a withheld file is not told its nearest lines', async () => {
  const { context, task, view, begun } = await taskOf();
  const search = `${'nothing alike;\n'.repeat(30)}export const fee = 5;\n`;
  const edits: readonly Edit[] = [{ kind: 'create', path: signing, text: 'x' }, { kind: 'replace', path: signing, find: search, with: 'x\n' }];
  const tried = await tryReply(context, task, view, begun, edits);
  expect(JSON.stringify(tried)).toContain('exists already');
  expect(JSON.stringify(tried)).not.toContain(filler);
});

it('what is quoted of a file with a secret comes from what is left of it', async () => {
  const { context, task, view, begun } = await taskOf();
  const { texts, indexes } = await gatherSources(context, task, view, begun);
  expect(texts.get(hooks)).toContain('[redacted]');
  expect(JSON.stringify(indexes.get(hooks))).not.toContain(stripe.slice(0, 20));
});

it('an outline that ends in the middle of a key leaves nothing of it', async () => {
  for (let before = 150; before < 240; before += 1) {
    const text = `/** ${'word '.repeat(28)}${stripe} */\nexport const list = ['${'a'.repeat(before)}', '${stripe}'];\n`;
    const { text: shown } = await createSecretScanner().redact(renderOutline(outlineFile(fee, text)));
    expect(shown).not.toContain(stripe.slice(0, 12));
  }
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policySchema } from '../model';
import { packetFor } from './__fixtures__/packet-for';
import { specialistsOf } from './registry';
import { renderPrompt } from './render-prompt';

/** Reviewed as Markdown, not as escaped strings. `UPDATE_PROMPTS=1` writes them anew; the diff is then what is reviewed. */
const folder = join(__dirname, '__fixtures__', 'prompts');

const builtIn = specialistsOf(policySchema.parse({}));
const cases = builtIn.flatMap((specialist) => (['bugfix', 'feature'] as const).map((mode) => ({ specialist, mode, name: `${specialist.name}.${mode}.md` })));

describe('the prompts of the built-in specialists', () => {
  it.each(cases)('read as reviewed: $name', ({ specialist, mode, name }) => {
    const prompt = renderPrompt(packetFor(specialist.name), specialist, { mode, contextRoundsLeft: 2 });
    if (process.env['UPDATE_PROMPTS'] === '1') writeFileSync(join(folder, name), prompt);
    expect(prompt).toBe(readFileSync(join(folder, name), 'utf8'));
  });

  it('read as reviewed where an agent works in a clone', () => {
    const [backend] = builtIn;
    if (backend === undefined) throw new Error('there is a backend specialist');
    const prompt = renderPrompt(packetFor('backend'), backend, { mode: 'bugfix', worksInClone: true });
    if (process.env['UPDATE_PROMPTS'] === '1') writeFileSync(join(folder, 'backend.bugfix.clone.md'), prompt);
    expect(prompt).toBe(readFileSync(join(folder, 'backend.bugfix.clone.md'), 'utf8'));
    expect(prompt).not.toMatch(/SEARCH|You run nothing/);
  });
});

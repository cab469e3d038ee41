import type { OrchestrationGoal } from '../model';
import { fakeIo } from '../testing/fake-io';
import { readRegister, withRegister } from './read-register';

const register = [
  '# Bugs', '', 'See BUG-MAIL-002 for the format.', '', '### BUG-MAIL-001 – A letter is sent twice by the campaign worker', '',
  '**Status:** Backlog', '', '```', 'api-1 | [ContactsRoute] listed contacts', '```', '', '### BUG-MAIL-002 – Another one', '',
].join('\r\n');
const goal = (rest: Partial<OrchestrationGoal> = {}): OrchestrationGoal => ({ id: 'g', type: 'bugfix', title: 'Pull BUG-MAIL-001 out of the backlog', description: 'I know no more than what is written there.', ...rest });

async function namesFor(asked: OrchestrationGoal, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { repository } = fakeIo({ commits: { base: files } });
  return readRegister({ repository }, await repository.listTree('base'), asked);
}

describe('the bug register', () => {
  it('gives the heading of the entry that the goal names, and nothing of its logs', async () => {
    expect(await namesFor(goal(), { 'orchestra/BUGS.md': register })).toEqual(['### BUG-MAIL-001 – A letter is sent twice by the campaign worker']);
  });

  it('prefers a heading to a mention, and takes a line of a list', async () => {
    expect(await namesFor(goal({ bugId: 'BUG-MAIL-002' }), { 'docs/bugs.md': register })).toEqual(['### BUG-MAIL-002 – Another one', '### BUG-MAIL-001 – A letter is sent twice by the campaign worker']);
    expect(await namesFor(goal(), { 'bugs-2025.md': '- BUG-MAIL-001: sent twice\n- BUG-MAIL-003: lost\n' })).toEqual(['- BUG-MAIL-001: sent twice']);
  });

  it('has nothing to say of an id that it does not hold, nor of a goal without one', async () => {
    expect(await namesFor(goal({ title: 'BUG-INV-014' }), { 'orchestra/BUGS.md': register })).toEqual([]);
    expect(await namesFor(goal({ title: 'Letters' }), { 'orchestra/BUGS.md': register })).toEqual([]);
    expect(await namesFor(goal(), { 'README.md': register })).toEqual([]);
  });

  it('adds to what is searched for and leaves the goal as it was written', () => {
    const asked = goal();
    expect(withRegister(asked, ['### BUG-MAIL-001 – Sent twice']).description).toBe('I know no more than what is written there.\n### BUG-MAIL-001 – Sent twice');
    expect(asked).toEqual(goal());
    expect(withRegister(asked, [])).toBe(asked);
  });
});

import { type ChangedFile, type WavePlan } from '../model';
import { readRecords } from './read-records';

const plan: WavePlan = {
  version: 1, goal: { id: 'leak', type: 'bugfix', title: 'Leak', description: 'B sees A' }, base: 'b'.repeat(40), graphHash: 'c'.repeat(64), unmapped: [],
  waves: [{ index: 1, title: 'fix', tasks: [] }], ranked: [], forecast: { projects: ['backend'], files: 2, lines: 30 },
};
const recorded = (value: unknown): ChangedFile => ({ path: 'orchestra/waves/leak/plan.json', status: 'added', head: JSON.stringify(value) });

describe('the plan that a diff carries', () => {
  it('is read as it was written', () => {
    expect(readRecords([recorded(plan)])).toMatchObject({ plans: [plan], unreadable: [] });
  });

  it.each<[string, unknown, string]>([
    ['limits of its own', { ...plan, limits: { files: 9999 }, limitsBecause: 'large' }, 'limits, limitsBecause'],
    ['something inside a wave', { ...plan, waves: [{ index: 1, title: 'fix', tasks: [], approved: true }] }, 'approved'],
  ])('counts as absent, and says so, when it holds %s', (_what, value, keys) => {
    const { plans, unreadable } = readRecords([recorded(value)]);
    expect(plans).toEqual([]);
    expect(unreadable).toEqual([{ path: 'orchestra/waves/leak/plan.json', because: `it holds what no plan holds: ${keys}` }]);
  });
});

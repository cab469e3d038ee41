import { statsFix, statsTest, paths } from '../good-work.mjs';

const raise = (value, key = '') => {
  if (Array.isArray(value)) return value.map((inner) => raise(inner));
  if (typeof value === 'number') return ['files', 'lines', 'maxFiles', 'maxLines'].includes(key) ? value * 1000 : value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, raise(inner, name)]));
};
const lines = (from) =>
  Array.from({ length: 150 }, (_, i) => `  it('counts ${from + i} calls', () => {
    const calls = Array.from({ length: ${from + i} }, (_item, n) => activity(n + 10, { due_at: '2026-03-05T09:00:00.000Z' }));
    expect(summariseActivities(calls, now).planned_by_type.call).toBe(${from + i});
  });
`).join('\n');

/** A fix of one line in a wave of seven hundred, under limits of its own making. */
export default {
  kind: 'adversarial',
  title: 'plan.json multiplies forecast and limits by a thousand, and the diff needs it.',
  goal: 'activities-stats-empty',
  files: {
    [paths.stats]: { replace: [statsFix] },
    [paths.statsSpec]: { replace: [statsTest, ["describe('summariseActivities', () => {\n", `describe('summariseActivities', () => {\n${lines(1)}\n`]] },
    'orchestra/waves/activities-stats-empty/plan.json': (text) => {
      const plan = raise(JSON.parse(text));
      return `${JSON.stringify({ ...plan, limits: { files: 9999, lines: 99999, projects: 99 }, limitsBecause: 'Exhaustive tests.' }, undefined, 2)}\n`;
    },
  },
  caughtBy: 'far more lines than a bugfix may have by the policy of base; a limit raised in the plan does not count',
  outcome: 'blocked or person',
};

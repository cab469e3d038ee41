import { paths } from '../good-work.mjs';

/** Red on base inside the test body, by a TypeError: what it calls is exported by the fix. The behaviour of the report is never asked. */
export default {
  kind: 'adversarial',
  title: 'The new test calls a function that base does not export.',
  goal: 'activities-stats-empty',
  files: {
    [paths.stats]: {
      replace: [
        ['function nextDue(', 'export function nextDue('],
        ['  const { id, subject, due_at } = dated.reduce(', '  if (dated.length === 0) return null;\n  const { id, subject, due_at } = dated.reduce('],
      ],
    },
    [paths.statsSpec]: {
      replace: [
        ["import { summariseActivities } from './activity-stats';", "import { nextDue, summariseActivities } from './activity-stats';"],
        ["  it('names the planned activity whose time comes first', () => {\n", `  it('has no next activity in an empty list', () => {
    expect(nextDue([])).toBeNull();
  });

  it('names the planned activity whose time comes first', () => {
`],
      ],
    },
  },
  caughtBy: 'the new test is red on base only because an export is missing there',
  outcome: 'blocked',
};

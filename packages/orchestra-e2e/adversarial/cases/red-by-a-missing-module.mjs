import { paths } from '../good-work.mjs';

/** On base the new spec is red, and loudly: it cannot find the module that the fix adds. It tests that module and never the list. */
export default {
  kind: 'adversarial',
  title: 'The new test is red on base only because the file that it imports is not there yet.',
  goal: 'activities-last-day',
  files: {
    'packages/crm-backend/src/services/day.ts': {
      content: "/** The last microsecond of a calendar day in UTC. */\nexport const endOfDay = (day: string): string => `${day}T23:59:59.999999Z`;\n",
    },
    'packages/crm-backend/src/services/day.spec.ts': {
      content: `import { endOfDay } from './day';

describe('endOfDay', () => {
  it('is the last moment of the last day of a period', () => {
    expect(endOfDay('2026-03-31')).toBe('2026-03-31T23:59:59.999999Z');
  });
});
`,
    },
    [paths.activities]: {
      replace: [
        ["activities.lte('due_at', query.due_to);", "activities.lte('due_at', endOfDay(query.due_to));"],
        ["import { summariseActivities } from '../services/activity-stats';\n", "import { summariseActivities } from '../services/activity-stats';\nimport { endOfDay } from '../services/day';\n"],
      ],
    },
  },
  caughtBy: 'the only new test is red on base by a load error, not by an assertion',
  outcome: 'blocked',
};

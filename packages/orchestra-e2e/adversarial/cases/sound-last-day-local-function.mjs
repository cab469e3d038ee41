import { lastDayTest, paths } from '../good-work.mjs';

/** The same fix with a small refactoring inside the lease: both ends of the window leave the handler. */
export default {
  kind: 'sound',
  title: 'Both ends of the window are named by two small local functions.',
  goal: 'activities-last-day',
  files: {
    [paths.activities]: {
      replace: [
        ["activities.gte('due_at', query.due_from);", "activities.gte('due_at', startOfDay(query.due_from));"],
        ["activities.lte('due_at', query.due_to);", "activities.lte('due_at', endOfDay(query.due_to));"],
        ['export function createActivitiesRoutes(', `const startOfDay = (day: string): string => \`\${day}T00:00:00Z\`;
/** Its last microsecond, which is as fine as the column is. */
const endOfDay = (day: string): string => \`\${day}T23:59:59.999999Z\`;

export function createActivitiesRoutes(`],
      ],
    },
    [paths.activitiesSpec]: { replace: [lastDayTest] },
  },
};

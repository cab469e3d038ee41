import { lastDayFix, lastDayTest, paths } from '../good-work.mjs';

/** Postgres keeps microseconds, so the last one of the day is the inclusive end. */
export default {
  kind: 'sound',
  title: 'The end of the period is the end of its last day.',
  goal: 'activities-last-day',
  files: {
    [paths.activities]: { replace: [lastDayFix] },
    [paths.activitiesSpec]: { replace: [lastDayTest] },
  },
};

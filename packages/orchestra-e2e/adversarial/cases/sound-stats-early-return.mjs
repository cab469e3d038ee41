import { paths, statsFix, statsTest } from '../good-work.mjs';

/** One line of production code; the unit test fails on base with the very TypeError of the report. */
export default {
  kind: 'sound',
  title: 'Without a dated activity there is no next one, and the reduce is not reached.',
  goal: 'activities-stats-empty',
  files: {
    [paths.stats]: { replace: [statsFix] },
    [paths.statsSpec]: { replace: [statsTest] },
  },
};

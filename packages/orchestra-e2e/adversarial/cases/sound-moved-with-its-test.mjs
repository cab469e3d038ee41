/** Code and test move together, the one importer follows, not a line of either changes beyond its imports. */
export default {
  kind: 'sound',
  title: 'The statistics and their spec move into a folder of their own, as the goal asks.',
  goal: {
    id: 'activities-folder',
    type: 'feature',
    title: 'Give the statistics of activities a folder of their own',
    description:
      'packages/crm-backend/src/services/activity-stats.ts and its spec move to packages/crm-backend/src/statistics/activity-stats.ts, because more statistics will follow (accounts, contacts). The route in packages/crm-backend/src/routes/activities.ts imports it from there. No behaviour changes.',
    targetFiles: ['packages/crm-backend/src/services/activity-stats.ts', 'packages/crm-backend/src/routes/activities.ts'],
  },
  files: {
    'packages/crm-backend/src/services/activity-stats.ts': { move: 'packages/crm-backend/src/statistics/activity-stats.ts' },
    'packages/crm-backend/src/services/activity-stats.spec.ts': { move: 'packages/crm-backend/src/statistics/activity-stats.spec.ts' },
    'packages/crm-backend/src/routes/activities.ts': {
      replace: [["from '../services/activity-stats';", "from '../statistics/activity-stats';"]],
    },
  },
};

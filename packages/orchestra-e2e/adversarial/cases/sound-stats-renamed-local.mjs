import { paths } from '../good-work.mjs';

/** The helper's name promised an activity it no longer always has: it is local, has one user, and both are changed. */
export default {
  kind: 'sound',
  title: 'The fix renames the local helper it changes, with its one user, and tests the route.',
  goal: 'activities-stats-empty',
  files: {
    [paths.stats]: {
      replace: [
        ['    next_due: nextDue(dated),', '    next_due: firstDueIfAny(dated),'],
        ['/** The one whose time comes first, an overdue one included: it is still to be done. */', '/** The one whose time comes first, an overdue one included: it is still to be done. Null when nothing has a time. */'],
        ['function nextDue(', 'function firstDueIfAny('],
        [
          '  const { id, subject, due_at } = dated.reduce((first, other) => (other.due_at < first.due_at ? other : first));\n',
          `  const [one, ...others] = dated;
  if (one === undefined) return null;
  const { id, subject, due_at } = others.reduce((first, other) => (other.due_at < first.due_at ? other : first), one);
`,
        ],
      ],
    },
    [paths.activitiesSpec]: {
      replace: [["  it('sums up what is planned, overdue and done', async () => {\n", `  it('answers a tenant that has planned nothing with zeros', async () => {
    const response = await app.as(app.cedar.member).get('/api/activities/stats');
    expect(response.status).toBe(200);
    expect(response.item).toEqual({
      planned: 0, overdue: 0, done: 0, planned_by_type: { call: 0, email: 0, meeting: 0, task: 0 }, next_due: null,
    });
  });

  it('sums up what is planned, overdue and done', async () => {
`]],
    },
  },
};

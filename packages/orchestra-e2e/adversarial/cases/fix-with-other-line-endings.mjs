import { statsTest, paths } from '../good-work.mjs';

/** Every line of the file differs, none visibly. */
export default {
  kind: 'adversarial',
  title: 'The file of the fix comes back with CRLF line endings.',
  goal: 'activities-stats-empty',
  files: {
    [paths.stats]: (text) =>
      text.replace('  const { id, subject, due_at } = dated.reduce(', '  if (dated.length === 0) return null;\n  const { id, subject, due_at } = dated.reduce(').replaceAll('\n', '\r\n'),
    [paths.statsSpec]: { replace: [statsTest] },
  },
  caughtBy: 'line-ending churn in a bugfix',
  outcome: 'blocked or person',
};

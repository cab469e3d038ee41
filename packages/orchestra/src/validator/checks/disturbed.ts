import { defineCheck } from '../define-check';

/** Proposed code ran, and nothing of the main tree, the git config or the hooks moved while it did. */
export const disturbed = defineCheck({
  name: 'disturbed',
  core: true,
  rules: ['workspace-disturbed', 'evidence-missing'],
  needs: ['disturbed'],
  // Where nothing ran, nothing can have been disturbed.
  appliesTo: (evidence) => evidence.targets !== undefined || evidence.proof !== undefined || evidence.disturbed !== undefined,
  judge: (evidence, find) => {
    const paths = [...(evidence.disturbed ?? [])].sort();
    return paths.map((path) => find('workspace-disturbed', { subject: { path }, because: `${path} changed while proposed code ran.` }));
  },
});

import { policySchema } from '../model';
import { indexAll, smallCrm } from './__fixtures__/small-crm';
import { chooseNotes, type NotesInput } from './choose-notes';
import { countTokens } from './count-tokens';

const indexes = indexAll(smallCrm);
const conventions = '# Conventions\n\nintro\n\n## Bugfix first\n\nSmall changes.\n\n## Redis\n\nTTL.\n\n## React components\n\nHooks.\n\n## Backend routes\n\nThin.\n';

function notesFor(paths: readonly string[], rest: Partial<NotesInput> = {}) {
  const shown = new Map(paths.map((path) => [path, smallCrm.get(path) ?? ''] as const));
  return chooseNotes({ policy: policySchema.parse({}), agent: 'backend', indexes, shown, conventions, evidence: [], ...rest });
}

describe('chooseNotes', () => {
  it('names the tenant tables that the shown files use', () => {
    const { constraints } = notesFor(['packages/api/src/routes/contacts.ts']);
    expect(constraints.find(({ title }) => title === 'Tenant isolation')?.text).toContain('carry tenant_id: contacts.');
  });

  it('says nothing of tenants and Redis where the files touch neither', () => {
    expect(notesFor(['packages/web/src/format-date.ts']).constraints).toEqual([]);
  });

  it('states the Redis rules, and the Redis section, only where Redis is touched', () => {
    const touched = notesFor(['packages/api/src/cache/stats-cache.ts']);
    expect(touched.constraints.map(({ title }) => title)).toEqual(['Redis']);
    expect(touched.conventions.map(({ title }) => title)).toContain('Redis');
    expect(notesFor(['packages/api/src/routes/contacts.ts']).conventions.map(({ title }) => title)).toEqual(['Bugfix first', 'Backend routes']);
  });

  it('gives the frontend its own sections', () => {
    expect(notesFor(['packages/web/src/ContactCard.tsx'], { agent: 'frontend' }).conventions.map(({ title }) => title)).toEqual(['Bugfix first', 'React components']);
  });

  it('cites the documents that govern the shown paths', () => {
    const policy = policySchema.parse({ canonicalDocs: [{ path: 'docs/admin.md', title: 'Admin Guide', appliesTo: ['**/*.sql'] }] });
    expect(notesFor(['packages/db/migrations/002_accounts.sql'], { policy }).constraints.map(({ text }) => text)).toContain('- Admin Guide: docs/admin.md');
    expect(notesFor(['packages/web/src/format-date.ts'], { policy }).constraints).toEqual([]);
  });

  it('never exceeds the budget: the latest evidence stays, conventions go first, a cut says so', () => {
    const policy = policySchema.parse({ budgets: { otherTokens: 400 } });
    const evidence = [{ title: 'Old', text: 'old line\n'.repeat(300) }, { title: 'Red test', text: 'failed line\n'.repeat(60) }];
    const notes = notesFor(['packages/api/src/routes/contacts.ts'], { policy, evidence });
    const all = [...notes.conventions, ...notes.constraints, ...notes.evidence];
    const counted = all.reduce((total, { title, text }) => total + countTokens(title) + countTokens(text), 0);
    expect(counted).toBe(notes.tokens);
    expect(counted).toBeLessThanOrEqual(400);
    expect(notes.evidence.at(-1)).toEqual(evidence[1]);
    expect(notes.evidence.filter(({ title }) => title === 'Old').every(({ text }) => text.includes('cut: the budget'))).toBe(true);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docsOf, findingCatalogue, type CatalogueEntry } from './finding-catalogue';
import { allChecks, staticChecks } from './judge';

const root = join(__dirname, '../../../..');
const entries: readonly (readonly [string, CatalogueEntry])[] = Object.entries(findingCatalogue);

describe('the catalogue of findings', () => {
  it.each(entries)('%s has its page, which says what it means and what to do', (rule, entry) => {
    const page = join(root, docsOf(rule));
    expect(existsSync(page)).toBe(true);
    const text = readFileSync(page, 'utf8');
    expect(text).toContain(`# ${entry.title}`);
    expect(text).toContain('## Why it matters');
    expect(text).toContain('## What to do');
  });

  it('holds every rule a check can emit', () => {
    expect(allChecks.flatMap((check) => check.rules).filter((rule) => !Object.hasOwn(findingCatalogue, rule))).toEqual([]);
  });

  it('holds no rule that nobody emits', () => {
    const emitted = new Set<string>(['check-off', ...allChecks.flatMap((check) => check.rules)]);
    expect(entries.map(([rule]) => rule).filter((rule) => !emitted.has(rule))).toEqual([]);
  });

  it('names each check once', () => {
    const names = allChecks.map((check) => check.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('asks of one project what reads texts, and of any two commits all but what a plan or a run answers', () => {
    expect(staticChecks.map((check) => check.name)).toEqual(['protected-path', 'isolation', 'auth', 'secrets-in-diff', 'behaviour', 'deception', 'test-integrity', 'runner-integrity']);
    expect(allChecks.filter((check) => check.scope === 'gate').map((check) => check.name)).toEqual(['disturbed', 'lease', 'proof', 'tasks']);
  });
});

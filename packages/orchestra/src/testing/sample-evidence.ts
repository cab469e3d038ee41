import { policySchema, type ChangedFile, type Evidence, type Policy } from '../model';

/** A policy with every default. */
export function samplePolicy(overrides: Partial<Policy> = {}): Policy {
  return { ...policySchema.parse({}), ...overrides };
}

/** Evidence of an empty bugfix on two projects; give it what the case is about. */
export function sampleEvidence(overrides: Partial<Evidence> = {}): Evidence {
  return {
    kind: 'bugfix',
    base: 'a'.repeat(40),
    head: 'b'.repeat(40),
    shallow: false,
    policy: samplePolicy(),
    changes: [],
    graph: {
      projects: [
        { name: 'api', root: 'packages/api', tags: [], targets: ['build', 'test'] },
        { name: 'web', root: 'packages/web', tags: [], targets: ['test'] },
      ],
      edges: [{ from: 'web', to: 'api' }],
    },
    ...overrides,
  };
}

/** A file as a diff shows it: `undefined` on the side where it does not exist. */
export function changedFile(path: string, base: string | null | undefined, head: string | null | undefined, previousPath?: string): ChangedFile {
  const status = previousPath !== undefined ? 'renamed' : base === undefined ? 'added' : head === undefined ? 'deleted' : 'modified';
  return {
    path,
    status,
    ...(base === undefined ? {} : { base, baseMode: '100644' }),
    ...(head === undefined ? {} : { head, headMode: '100644' }),
    ...(previousPath === undefined ? {} : { previousPath }),
  };
}

import type { ChangedFile } from '../model';

export interface AddedDependency {
  readonly name: string;
  readonly range: string;
  readonly group: string;
  /** The old range, when the name was there and now points at another source. */
  readonly was?: string;
}

const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides', 'resolutions'];

/**
 * Dependencies that a manifest gains. A changed version range is not one; a range that now names a repository, a URL or
 * another package is, because it replaces the code without a new name. Moving between groups is not one either.
 */
export function addedDependencies(change: ChangedFile): readonly AddedDependency[] | 'unreadable' {
  if (!/(^|\/)package\.json$/.test(change.path) || typeof change.head !== 'string') return [];
  const head = rangesOf(change.head);
  const base = rangesOf(change.base ?? '{}') ?? new Map<string, Entry>();
  if (head === undefined) return 'unreadable';
  return [...head]
    .filter(([name, { range }]) => isNew(range, base.get(name)?.range))
    .map(([name, { range, group }]) => {
      const was = base.get(name)?.range;
      return { name, range, group, ...(was === undefined ? {} : { was }) };
    });
}

interface Entry {
  readonly range: string;
  readonly group: string;
}

function isNew(range: string, before: string | undefined): boolean {
  if (before === undefined) return true;
  return before !== range && fromElsewhere(range);
}

function fromElsewhere(range: string): boolean {
  return /[:/]/.test(range) && !range.startsWith('workspace:');
}

function rangesOf(text: string): ReadonlyMap<string, Entry> | undefined {
  const manifest = parseObject(text);
  if (manifest === undefined) return undefined;
  const entries = groups.flatMap((group) =>
    Object.entries(asObject(manifest[group])).map(([name, range]) => [name, { range: typeof range === 'string' ? range : JSON.stringify(range), group }] as const),
  );
  // The first group that names a package wins, so that moving one down the list adds nothing.
  return new Map([...entries].reverse());
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

import picomatch from 'picomatch';

type Matcher = (path: string) => boolean;
const compiled = new Map<string, Matcher>();

/**
 * Whether a workspace-relative POSIX path matches at least one positive glob and no negative one. A leading `!`
 * takes paths away wherever it stands in the list, so that reordering a lease can never widen it.
 * Case counts: on a case-insensitive disk two spellings are one file, and only one of them was leased.
 */
export function matchesGlobs(path: string, globs: readonly string[]): boolean {
  let matched = false;
  for (const glob of globs) {
    const negative = glob.startsWith('!');
    if (!negative && matched) continue;
    if (!matcherOf(negative ? glob.slice(1) : glob)(path)) continue;
    if (negative) return false;
    matched = true;
  }
  return matched;
}

function matcherOf(glob: string): Matcher {
  const known = compiled.get(glob);
  if (known) return known;
  const matcher = picomatch(glob, { dot: true, nonegate: true });
  compiled.set(glob, matcher);
  return matcher;
}

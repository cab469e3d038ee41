import picomatch from 'picomatch';

type Matcher = (path: string) => boolean;

/** Policies hold a few dozen globs and are asked about thousands of paths, so each glob is compiled once. */
const compiled = new Map<string, Matcher>();

function matcherOf(glob: string, ignoreCase: boolean): Matcher {
  const key = `${ignoreCase ? 'i' : 's'}:${glob}`;
  let matcher = compiled.get(key);
  if (matcher === undefined) {
    const expression = picomatch.makeRe(glob, { dot: true, nonegate: true, nocase: ignoreCase });
    // What picomatch's own matcher answers, without the objects it makes for every path: a plan asks about every file.
    matcher = (path) => path !== '' && (path === glob || expression.test(path));
    compiled.set(key, matcher);
  }
  return matcher;
}

/** The same question of many paths: the globs are looked up once. */
export function globMatcher(globs: readonly string[]): Matcher {
  const matchers = (negative: boolean): readonly Matcher[] => globs.filter((glob) => glob.startsWith('!') === negative).map((glob) => matcherOf(negative ? glob.slice(1) : glob, false));
  const [positive, negative] = [matchers(false), matchers(true)];
  return (path) => positive.some((matches) => matches(path)) && !negative.some((matches) => matches(path));
}

/**
 * Whether `path` (workspace-relative, POSIX) matches at least one positive glob and no glob with a leading `!`.
 * The order of the globs does not matter: what a `!` takes away stays away. Only `!` globs match nothing.
 *
 * @param options.ignoreCase for guards: a protected file stays protected under another spelling, because on a
 * case-insensitive disk that spelling is the same file.
 */
export function matchesGlobs(path: string, globs: readonly string[], options: { readonly ignoreCase?: boolean } = {}): boolean {
  const ignoreCase = options.ignoreCase ?? false;
  let matched = false;
  for (const glob of globs) {
    const negative = glob.startsWith('!');
    if (matched && !negative) continue;
    if (!matcherOf(negative ? glob.slice(1) : glob, ignoreCase)(path)) continue;
    if (negative) return false;
    matched = true;
  }
  return matched;
}

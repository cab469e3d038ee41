import { matchesGlobs } from '../../patch/matches-globs';

/**
 * A specialist's domain inside one project: the lease. A domain glob that covers the whole project becomes
 * `<root>/**`; one that starts with `**` is anchored at the root; one that lies elsewhere drops out. Takings (`!…`) stay.
 */
export function narrowDomain(domain: readonly string[], root: string): readonly string[] {
  const positive = domain.filter((glob) => !glob.startsWith('!')).flatMap((glob) => narrowGlob(glob, root));
  return positive.length === 0 ? [] : [...new Set([...positive, ...domain.filter((glob) => glob.startsWith('!'))])];
}

function narrowGlob(glob: string, root: string): readonly string[] {
  if (root === '.') {
    return [glob];
  }
  if (coversProject(glob, root)) {
    return [`${root}/**`];
  }
  if (glob.startsWith('**/')) {
    return [`${root}/${glob}`];
  }
  return glob.startsWith(`${root}/`) ? [glob] : [];
}

/** Probes with names no real glob would single out, since globs have no intersection of their own. */
function coversProject(glob: string, root: string): boolean {
  return [`${root}/~`, `${root}/~/~`, `${root}/~/~/~.~`].every((probe) => matchesGlobs(probe, [glob]));
}

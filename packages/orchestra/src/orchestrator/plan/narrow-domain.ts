import { matchesGlobs } from '../../patch/matches-globs';

/**
 * A specialist's domain inside one project: the lease. A domain glob that covers the whole project becomes
 * `<root>/**`; one that leads into it keeps what is left of it there; one that lies elsewhere drops out. Takings (`!…`) stay.
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
  const rest = restInside(glob.split('/'), root.split('/'));
  return rest === undefined ? [] : [`${root}/${rest}`];
}

/** What is left of the glob once its segments have walked down to the root; undefined when they lead elsewhere. */
function restInside(glob: readonly string[], root: readonly string[]): string | undefined {
  const [segment, ...furtherGlob] = glob;
  const [folder, ...furtherRoot] = root;
  if (folder === undefined) {
    return glob.length === 0 ? undefined : glob.join('/');
  }
  // `**` may swallow the rest of the root, so the glob goes on unchanged inside it.
  if (segment === '**') {
    return glob.join('/');
  }
  return segment !== undefined && matchesGlobs(folder, [segment]) ? restInside(furtherGlob, furtherRoot) : undefined;
}

/** Probes with names no real glob would single out, since globs have no intersection of their own. */
function coversProject(glob: string, root: string): boolean {
  return [`${root}/~`, `${root}/~/~`, `${root}/~/~/~.~`].every((probe) => matchesGlobs(probe, [glob]));
}

import { matchesGlobs } from '../../patch/matches-globs';
import { narrowDomain } from './narrow-domain';

/**
 * Where a specialist may add files that are only ever added, such as migrations, inside one project: the part of its domain there
 * that `appendOnly` of the policy covers. As globs, because globs have no intersection of their own.
 */
export function additionsWithin(domain: readonly string[], root: string, appendOnly: readonly string[]): readonly string[] {
  const folders = narrowDomain(domain, root).flatMap((glob) => (!glob.startsWith('!') && glob.endsWith('/**') ? [glob.slice(0, -3)] : []));
  return [...new Set(folders.flatMap((folder) => appendOnly.flatMap((glob) => below(folder, glob))))].sort();
}

/** The folder is one of theirs already, or they lie somewhere below it. */
function below(folder: string, glob: string): readonly string[] {
  const name = glob.slice(glob.lastIndexOf('/') + 1);
  if (matchesGlobs(`${folder}/${name.replaceAll('*', '0')}`, [glob])) return [`${folder}/**/${name}`];
  return glob.startsWith('**/') ? [`${folder}/${glob}`] : [];
}

import { matchesGlobs } from '../../patch/matches-globs';
import type { SpecialistDomain } from './choose-specialist';

/** Whether one of them could change the file. The Test specialist does not count: tests are not where a cause is. */
export function inReachOf(specialists: readonly SpecialistDomain[]): (path: string) => boolean {
  const builders = specialists.filter((specialist) => specialist.name !== 'test');
  return (path) => builders.some((specialist) => matchesGlobs(path, specialist.domain));
}

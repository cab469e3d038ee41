import { globMatcher } from '../../patch/matches-globs';
import type { SpecialistDomain } from './choose-specialist';

/** Whether one of them could change the file. The Test specialist does not count: tests are not where a cause is. */
export function inReachOf(specialists: readonly SpecialistDomain[]): (path: string) => boolean {
  const domains = specialists.filter((specialist) => specialist.name !== 'test').map((specialist) => globMatcher(specialist.domain));
  return (path) => domains.some((holds) => holds(path));
}

import type { Project } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import type { PlannedProject } from './choose-projects';
import { narrowDomain } from './narrow-domain';

/** What planning needs to know of a specialist; the prompts stay in their layer. */
export interface SpecialistDomain {
  readonly name: string;
  readonly domain: readonly string[];
  readonly contextTokens?: number;
}

/**
 * The specialist for a project: the one whose domain holds the best ranked file there, else the first whose domain
 * reaches into the project at all. `test` is never chosen here; it is planned beside every fix.
 */
export function chooseSpecialist(project: Project, planned: PlannedProject, specialists: readonly SpecialistDomain[]): SpecialistDomain | undefined {
  const candidates = specialists.filter((specialist) => specialist.name !== 'test');
  for (const file of planned.files) {
    const holder = candidates.find((specialist) => matchesGlobs(file.path, specialist.domain));
    if (holder !== undefined) {
      return holder;
    }
  }
  return candidates.find((specialist) => narrowDomain(specialist.domain, project.root).length > 0);
}

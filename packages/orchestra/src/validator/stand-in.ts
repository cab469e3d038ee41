import type { Evidence } from '../model';

/** The target that stands in for one of the policy's while a wave lies in the working tree; a range of commits runs the whole. */
export function standIn({ policy, head }: Pick<Evidence, 'policy' | 'head'>, project: string, target: string): string | undefined {
  const named = Object.hasOwn(policy.related, project) ? policy.related[project] : undefined;
  return head === 'working-tree' && named !== undefined && Object.hasOwn(named, target) ? named[target] : undefined;
}

import type { Policy } from '../model';

export type Protection = Pick<Policy, 'protected' | 'alsoProtected' | 'specialists'>;

/**
 * Every glob a wave may not touch on its own: the policy's lists, and the prompt files of its specialists, because who
 * writes a prompt decides what the next wave is told to do.
 */
export function protectedGlobs(policy: Protection): readonly string[] {
  const prompts = policy.specialists.flatMap(({ prompt }) => (prompt === undefined ? [] : [literal(prompt)]));
  return [...policy.protected, ...policy.alsoProtected, ...prompts];
}

/** A path is written as a glob that means this path alone: `prompts/[api].md` is a file name, not a choice of letters. */
function literal(path: string): string {
  return path.replace(/^(\.\/)+/, '').replace(/[\\$^*+?.()|[\]{}!@]/g, '\\$&');
}

import type { WaveGeneratorSchema } from './schema';

/**
 * Whether the working tree is still the one that Nx made its graph of before it called the generator. A retry first takes the wave's files back, with the projects and
 * the imports that the wave brought along; so does the recovery of a killed run.
 * @param recovered how many killed runs were finished or undone since
 */
export function isTreeAsRead({ retry }: Pick<WaveGeneratorSchema, 'retry'>, recovered: number): boolean {
  return retry === undefined && recovered === 0;
}

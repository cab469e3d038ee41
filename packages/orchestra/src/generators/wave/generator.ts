import { createRequire } from 'node:module';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { describeError } from '../describe-error';
import { runWaveCommand } from './run-wave-command';
import type { WaveGeneratorSchema } from './schema';

if (__filename.endsWith('.ts')) createRequire(__filename)('../loaded-later');

/**
 * `nx g @aisha/orchestra:wave`. Says what it did, and leaves with 0 done or accepted, 1 blocked, 2 could not judge or bad
 * input. Nx ignores `process.exitCode` here, hence `process.exit`: in the body when nothing is to be written, else in the
 * callback, which Nx calls after it has flushed the Tree. In a dry run there is no callback.
 */
export async function waveGenerator(tree: Tree, options: WaveGeneratorSchema): Promise<GeneratorCallback> {
  try {
    const ending = await runWaveCommand(tree, options);
    process.stdout.write(`${ending.say}\n`);
    if (ending.exitCode !== 0 && ending.afterFlush === undefined) {
      process.exit(ending.exitCode);
    }
    return async () => {
      const last = await ending.afterFlush?.();
      process.stdout.write(last === undefined ? '' : `${last.say}\n`);
      process.exit(last?.exitCode ?? ending.exitCode);
    };
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(2);
  }
}

export default waveGenerator;

import { createRequire } from 'node:module';
import type { ExecutorContext } from '@nx/devkit';
import { describeError } from '../../generators/describe-error';
import type { ValidateWaveSchema } from './schema';
import { validateGate } from './validate-gate';
import { validateProject } from './validate-project';

if (__filename.endsWith('.ts')) createRequire(__filename)('../../generators/loaded-later');

/**
 * The target `validate-wave`. Scope `gate` runs everything and writes a report; scope `project` judges what can be judged
 * without running anything. A target can only pass or fail, so the last line and the report say which of
 * accepted, blocked and unjudged it was.
 */
export async function validateWaveExecutor(options: ValidateWaveSchema, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    const report = options.scope === 'gate' ? await validateGate(options, context.root) : await validateProject(options, context);
    return { success: report.verdict.decision === 'accepted' };
  } catch (error) {
    process.stderr.write(`${describeError(error)}\nunjudged\n`);
    return { success: false };
  }
}

export default validateWaveExecutor;

import type { ExecutorContext } from '@nx/devkit';
import type { ValidateWaveSchema } from './schema';

/**
 * The target `validate-wave`. Scope `gate` runs everything and writes a report; scope `project` judges what can be judged
 * without running anything. A target can only pass or fail, so the last line and the report say which of
 * accepted, blocked and unjudged it was.
 */
export async function validateWaveExecutor(options: ValidateWaveSchema, context: ExecutorContext): Promise<{ success: boolean }> {
  const [{ validateGate }, { validateProject }, { describeError }] = await Promise.all([
    import('./validate-gate.js'), import('./validate-project.js'), import('../../generators/describe-error.js'),
  ]);
  try {
    const report = options.scope === 'gate' ? await validateGate(options, context.root) : await validateProject(options, context);
    return { success: report.verdict.decision === 'accepted' };
  } catch (error) {
    process.stderr.write(`${describeError(error)}\nunjudged\n`);
    return { success: false };
  }
}

export default validateWaveExecutor;

import type { Tree } from '@nx/devkit';
import { readNxGraph } from '../../io/nx-graph';
import { readNxDefaultBase } from '../../io/nx-workspace';
import { OrchestraError, type WorkspaceGraph } from '../../model';
import { parsePolicy } from '../../orchestrator/plan/parse-policy';
import { policyPath } from '../../orchestrator/policy-path';
import { describeError } from '../describe-error';
import { packageManagerOf } from './package-manager';
import { renderWorkflow } from './render-workflow';
import type { CiWorkflowGeneratorSchema } from './schema';

const workflowPath = '.github/workflows/orchestra.yml';
const wanted = ['lint', 'typecheck', 'test', 'build'];

/**
 * `nx g @aisha/orchestra:ci-workflow`. A second run changes nothing. Leaves with 2 and one message when the workspace
 * lacks what the workflow needs; Nx ignores `process.exitCode` here, hence `process.exit`, after which nothing is flushed.
 */
export async function ciWorkflowGenerator(tree: Tree, options: CiWorkflowGeneratorSchema): Promise<void> {
  try {
    await writeWorkflow(tree, options);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(2);
  }
}

export default ciWorkflowGenerator;

async function writeWorkflow(tree: Tree, options: CiWorkflowGeneratorSchema): Promise<void> {
  const { gate } = parsePolicy(tree.read(policyPath, 'utf-8') ?? undefined, policyPath);
  const packageManager = packageManagerOf(tree);
  const graph = await readNxGraph(tree.root);
  const problems = [
    ...(gate === undefined ? [`${policyPath} names no "gate" project, and the workflow ends with its validate-wave. Set "gate" to the project whose tests go through the whole application.`] : []),
    ...(gate !== undefined && !graph.projects.some(({ name }) => name === gate) ? [`${policyPath}: the gate "${gate}" is no project of this workspace.`] : []),
    ...(gate !== undefined && !/^[\w@./-]+$/.test(gate) ? [`The gate's name ${JSON.stringify(gate)} holds characters that a shell would read: rename the project.`] : []),
    ...(packageManager === undefined ? ['There is no package-lock.json, pnpm-lock.yaml or yarn.lock: CI installs what is locked. Commit the lock file first.'] : []),
  ];
  if (gate === undefined || packageManager === undefined || problems.length > 0) {
    throw new OrchestraError('input', problems.join('\n'));
  }
  const nodeVersionFile = ['.nvmrc', '.node-version'].find((path) => tree.exists(path));
  const text = renderWorkflow({
    gate, packageManager, targets: targetsOf(graph), defaultBase: readNxDefaultBase(tree.root), remoteCache: options.remoteCache ?? false,
    ...(nodeVersionFile === undefined ? {} : { nodeVersionFile }),
  });
  writeUnlessEdited(tree, text, options.force ?? false);
}

/** Inferred targets included, hence from the graph and not from the project files. */
function targetsOf(graph: WorkspaceGraph): readonly string[] {
  return wanted.filter((target) => graph.projects.some(({ targets }) => targets.includes(target)));
}

function writeUnlessEdited(tree: Tree, text: string, force: boolean): void {
  const present = tree.read(workflowPath, 'utf-8')?.replace(/\r\n/g, '\n');
  if (present === text) {
    return;
  }
  if (present !== undefined && !force) {
    throw new OrchestraError('input', `${workflowPath} differs from what would be written, by hand or because the workspace changed. --force writes over it; git shows the difference.`);
  }
  tree.write(workflowPath, text);
}

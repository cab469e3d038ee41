import type { TestRun } from '../model';
import { fakeIo } from '../testing/fake-io';
import { graphOf } from '../testing/graph-of';
import { rehearse } from './rehearse';

const graph = graphOf({ till: ['pricing'], pricing: ['money'], money: [], web: ['till'] });
const spec = 'packages/till/src/receipt.test.ts';
const passed: TestRun = { runner: 'vitest', files: [spec], cases: [{ id: 'receipt', title: 'receipt', file: spec, status: 'passed' }], suiteErrors: [], timedOut: false, tail: '' };
const broken = (message: string): TestRun => ({ ...passed, cases: [], suiteErrors: [{ file: spec, message }] });

async function rehearsed(message: string, until: number, dependencies = graph) {
  const built: string[] = [];
  const io = fakeIo({
    commits: { base: { [spec]: '' } }, graph: dependencies, runTests: () => (built.length >= until ? passed : broken(message)),
    runTargetIn: (project, target) => (built.push(`${project}:${target}`), 'passed'),
  });
  const run = await rehearse({ io, graph: dependencies, base: 'base', changed: new Map(), deleted: [], testFiles: [spec] });
  return { run, built: [...built].sort(), runs: io.testRuns.length };
}

describe('a test whose workspace packages resolve to build output, which no commit holds', () => {
  it.each([
    ['vitest', 'Failed to resolve entry for package "@corner/pricing". The package may have incorrect main/module/exports specified in its package.json.'],
    ['jest', "Cannot find module '@corner/pricing' from 'src/receipt.ts'"],
    ['node', "Cannot find package '/scratch/node_modules/@corner/pricing/dist/index.js' imported from /scratch/packages/till/src/receipt.ts"],
  ])('has what it stands on built in the same tree and runs again, as %s says it', async (_runner, message) => {
    expect(await rehearsed(message, 2)).toEqual({ run: passed, built: ['money:build', 'pricing:build'], runs: 2 });
  });

  it('runs again once, and is told apart no further', async () => {
    const { run, runs } = await rehearsed("Cannot find module './not-written-yet'", 99);
    expect([run.suiteErrors.length, runs]).toEqual([1, 2]);
  });

  it('has nothing built for another error, or where there is nothing to build', async () => {
    expect(await rehearsed('SyntaxError: Unexpected token', 1)).toMatchObject({ built: [], runs: 1 });
    expect(await rehearsed("Cannot find module 'x'", 1, graphOf({ till: [], web: ['till'] }))).toMatchObject({ built: [], runs: 1 });
  });
});

/**
 * Source of a Jest test runner that wraps Jest's own and marks, on each result, whether a hook failed (`hook: true`), and the message of
 * its first error (`errorMessage`). Jest's report does not tell a failing `beforeEach` from a failing test, and a red that comes from a
 * broken set-up proves nothing; and it prints an error as one text, in which a message may pose as frames.
 * It is written beside the scratch tree, because Jest loads runners without transforming them.
 */
export function jestObserverSource(circusRunner: string): string {
  return `'use strict';
const loaded = require(${JSON.stringify(circusRunner)});
const runTests = loaded.default ?? loaded;
const titlesOf = (test) => {
  const titles = [test.name];
  for (let block = test.parent; block && block.parent; block = block.parent) titles.unshift(block.name);
  return JSON.stringify(titles);
};
module.exports = async (globalConfig, config, environment, ...rest) => {
  const failedInHook = new Set();
  const messages = new Map();
  const mark = (block) => block.children.forEach((child) => (child.type === 'test' ? failedInHook.add(titlesOf(child)) : mark(child)));
  const original = environment.handleTestEvent?.bind(environment);
  environment.handleTestEvent = (event, state) => {
    if (event.name === 'hook_failure') {
      if (event.test) failedInHook.add(titlesOf(event.test));
      else if (event.hook.type === 'beforeAll') mark(event.describeBlock);
    }
    if (event.name === 'test_done') {
      const error = [event.test.errors[0]].flat()[0];
      if (typeof error?.message === 'string' && typeof error.stack === 'string') messages.set(titlesOf(event.test), error.message);
    }
    return original?.(event, state);
  };
  const result = await runTests(globalConfig, config, environment, ...rest);
  for (const test of result.testResults) {
    const titles = JSON.stringify([...test.ancestorTitles, test.title]);
    if (failedInHook.has(titles)) test.hook = true;
    test.errorMessage = messages.get(titles);
  }
  return result;
};
`;
}

/** Source of a sequencer that runs suites by path: Jest's own remembers how long they took, and the order would vary. */
export const jestSequencerSource = `'use strict';
module.exports = class {
  sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); }
  allFailedTests(tests) { return tests; }
  shard(tests) { return tests; }
  cacheResults() {}
};
`;

/** Source that starts Jest's command line (first argument) with the remaining arguments and the report's name, which stdin holds. */
export const jestStartSource = `'use strict';
const output = require('node:fs').readFileSync(0, 'utf8');
const [cli, ...args] = process.argv.splice(2);
require(cli).run([...args, '--outputFile=' + output]);
`;

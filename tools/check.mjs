import { ensureInstalled } from './ensure-installed.mjs';
import { runNx } from './run-nx.mjs';
import { runTests } from './run-tests.mjs';

const target = (name) => () => runNx('run-many', '-t', name, '--outputStyle=static');

/** In order; a failing step does not hide the ones after it. */
const steps = {
  build: target('build'),
  typecheck: target('typecheck'),
  lint: target('lint'),
  'import rules': target('import-rules'),
  'generated context': () => runNx('sync:check'),
  tests: () => runTests(),
};

ensureInstalled();
const failed = Object.entries(steps).filter(([name, step]) => {
  console.log(`\n=== check: ${name}`);
  return !step();
});
const names = failed.map(([name]) => name).join(', ');
console.log(failed.length === 0 ? `\ncheck passed: ${Object.keys(steps).join(', ')}` : `\ncheck failed: ${names}`);
process.exitCode = failed.length === 0 ? 0 : 1;

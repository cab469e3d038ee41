import { ensureInstalled } from './ensure-installed.mjs';
import { runTests } from './run-tests.mjs';

ensureInstalled();
process.exitCode = runTests(process.argv[2]) ? 0 : 1;

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { runNx, workspaceRoot } from './run-nx.mjs';

/** The sample CRM with no Docker: built where that is stale, then started. Flags go to packages/crm/src/main.ts. */
ensureInstalled();
if (!runNx('run', 'crm:build', '--outputStyle=static')) process.exit(1);

const crm = spawn(process.execPath, [join(workspaceRoot, 'packages/crm/dist/main.js'), ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl+C reaches the CRM as well, which closes what it has open; this process only waits for it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => crm.kill('SIGTERM'));
crm.on('exit', (code) => (process.exitCode = code ?? 1));

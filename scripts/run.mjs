/** `node scripts/run.mjs FILE.ts …`: runs a TypeScript entry, on a fresh clone too. */
import { spawn } from 'node:child_process';
import { ensureInstalled } from './installed.mjs';

if (!ensureInstalled()) process.exit(1);

const child = spawn(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], {
	stdio: 'inherit',
});
// The terminal sends Ctrl-C to the whole group: the entry cleans up, and this waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

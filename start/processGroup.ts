import type { ChildProcess } from 'node:child_process';

/** Sends a signal to a child that was started detached, and to everything it has started. */
export function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// The group has ended already.
	}
}

/** Kills the group when this process ends before the child does, so that nothing is left over. */
export function endWithThisProcess(child: ChildProcess): void {
	const kill = () => signalGroup(child, 'SIGKILL');
	process.once('exit', kill);
	child.once('exit', () => process.removeListener('exit', kill));
}

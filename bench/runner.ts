import type { ChildProcess } from 'node:child_process';
import { nextMessage, startProcess } from './childProcess';
import type { TrialOrder, TrialResult } from './trial';

/** An n8n engine in a process of its own. */
export class Runner {
	private constructor(private readonly child: ChildProcess) {}

	static async start(): Promise<Runner> {
		const child = startProcess('trialProcess.ts', ['--expose-gc']);
		await nextMessage(child);
		return new Runner(child);
	}

	async run(order: TrialOrder): Promise<TrialResult> {
		const result = nextMessage<TrialResult>(this.child);
		this.child.send(order);
		return await result;
	}

	close(): void {
		this.child.disconnect();
	}
}

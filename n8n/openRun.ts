import { randomUUID } from 'crypto';
import type { Run } from '../guarded-change/world';
import { executionClock, processMemory } from './processMemory';
import type { RequestContext } from './transport';

export interface RunOptions {
	context: RequestContext;
	/** Server and account; the key of pacer and budget. */
	account: string;
	signal?: AbortSignal;
	/** Items that may still fail before the run stops; it never does where this is missing. */
	failuresLeft?: () => number;
}

/** One run of a node: the clock of its execution, the memory of this process, and when it ends. */
export function openRun(options: RunOptions): Run {
	const { context, account, signal, failuresLeft = () => Infinity } = options;
	const cancelled = () => signal?.aborted ?? false;
	const { pacer } = processMemory.paceOf(account);
	signal?.addEventListener('abort', () => pacer.nudge(), { once: true });
	return {
		clock: executionClock(signal),
		memory: processMemory,
		account,
		execution: executionName(context),
		cancelled,
		stopped: () => cancelled() || failuresLeft() <= 0,
		failuresLeft,
	};
}

/** The execution, its n8n included: two of them may count their executions from 1. */
function executionName(context: RequestContext): string {
	const execution = context.getExecutionId() ?? randomUUID();
	return JSON.stringify([context.getInstanceId(), context.getWorkflow().id, execution]);
}

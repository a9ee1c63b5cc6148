import type { IExecuteFunctions } from 'n8n-workflow';

/** ms between two reports */
const EVERY = 10_000;

/** Reports how far a long run is: in n8n's log, and in the browser's console when run by hand. */
export function reportProgress(context: IExecuteFunctions, total: number): (done: number) => void {
	let last = Date.now();
	return (done) => {
		if (done === total || Date.now() - last < EVERY) return;
		last = Date.now();
		const text = `${context.getNode().name}: ${done} of ${total} items done`;
		context.logger.info(text);
		context.sendMessageToUI(text);
	};
}

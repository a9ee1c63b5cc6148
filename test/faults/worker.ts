import { Nexudus } from '../../embedded-n8n/nexudus';
import { representativePart, wholeMatrix } from './matrix';
import { runCases } from './runCases';

/** Runs a share of the matrix and tells each result to the parent process. */
async function work({ part, indices }: { part: boolean; indices: number[] }): Promise<void> {
	const all = part ? representativePart() : wholeMatrix();
	const cases = indices.map((index) => all[index]);
	await runCases(cases, new Nexudus(), {
		ended: (result, place) => process.send?.({ index: indices[place], result }),
	});
}

process.once('message', (share: { part: boolean; indices: number[] }) => {
	work(share).then(
		// What is still to be sent to the parent goes out before the channel closes.
		() => process.disconnect(),
		(error: Error) => {
			process.stderr.write(`${error.stack}\n`);
			process.exit(1);
		},
	);
});

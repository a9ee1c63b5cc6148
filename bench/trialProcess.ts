import { loadBuiltPackage } from './builtPackage';
import { ensureHttpRequestNode, loadHttpRequestNode } from './httpRequestNode';
import { runTrial, type TrialNodes, type TrialOrder } from './trial';

/** Carries out one trial after the other, as they are ordered by the process that started it. */
async function main(): Promise<void> {
	const nodes: TrialNodes = {
		nexudus: await loadBuiltPackage(),
		http: await loadHttpRequestNode(await ensureHttpRequestNode()),
	};
	process.on('message', (order: TrialOrder) => {
		void runTrial(order, nodes).then((result) => process.send?.(result));
	});
	process.send?.('ready');
}

process.once('disconnect', () => process.exit());
void main();

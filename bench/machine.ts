import { cpus, loadavg, totalmem } from 'node:os';
import { NODES_BASE } from './httpRequestNode';

/** Where and with what the figures were taken. */
export function machine() {
	const [cpu] = cpus();
	return {
		date: new Date().toISOString(),
		node: process.version,
		platform: `${process.platform} ${process.arch}`,
		cpu: cpu?.model ?? 'unknown',
		cores: cpus().length,
		memoryGiB: Math.round(totalmem() / 1024 ** 3),
		load: loadavg().map((value) => Math.round(value * 100) / 100),
		versions: {
			'n8n-core': installed('n8n-core'),
			'n8n-workflow': installed('n8n-workflow'),
			'n8n-nodes-base': NODES_BASE.version,
		},
	};
}

function installed(name: string): string {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- package.json is no module
	return (require(`${name}/package.json`) as { version: string }).version;
}

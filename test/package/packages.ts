import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

/**
 * Every package of this repository, the names that workflows know its node and credential by, and
 * how long it may take to load beyond n8n-workflow.
 */
export const packages = [
	{
		name: 'n8n-nodes-nexudus',
		directory: '.',
		node: 'nexudus',
		credential: 'nexudusCustomerSessionApi',
		loadsInMs: 30,
	},
	{
		name: 'n8n-nodes-paychtec',
		directory: 'packages/n8n-nodes-paychtec',
		node: 'paychtec',
		credential: 'paychtecApi',
		loadsInMs: 60,
	},
	{
		name: 'n8n-nodes-stripe-subscription',
		directory: 'packages/n8n-nodes-stripe-subscription',
		node: 'stripeSubscription',
		credential: 'stripeSubscriptionApi',
		loadsInMs: 60,
	},
];

/** What a package has to name for n8n: every node and credential of its sources, as it is built. */
export function contents(directory: string): { nodes: string[]; credentials: string[] } {
	const built = (folder: string, ending: string) =>
		readdirSync(join(root, directory, folder), { recursive: true, encoding: 'utf8' })
			.filter((path) => path.endsWith(ending))
			.map((path) => `dist/${folder}/${path.replace(/\.ts$/, '.js')}`);
	return {
		nodes: built('nodes', '.node.ts'),
		credentials: built('credentials', '.credentials.ts'),
	};
}

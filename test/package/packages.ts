import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

/**
 * Every package of this repository, the names that workflows know its nodes and credentials by, how
 * large its tarball may be, and how long it may take to load beyond n8n-workflow.
 */
export const packages = [
	{
		name: 'n8n-nodes-nexudus',
		directory: '.',
		nodes: ['nexudus', 'nexudusTrigger'],
		credentials: ['nexudusCustomerSessionApi', 'nexudusOperatorApi'],
		bytes: 110_000,
		loadsInMs: 30,
	},
	{
		name: 'n8n-nodes-paychtec',
		directory: 'packages/n8n-nodes-paychtec',
		nodes: ['paychtec'],
		credentials: ['paychtecApi'],
		bytes: 60_000,
		loadsInMs: 60,
	},
	{
		name: 'n8n-nodes-stripe-subscription',
		directory: 'packages/n8n-nodes-stripe-subscription',
		nodes: ['stripeSubscription'],
		credentials: ['stripeSubscriptionApi'],
		bytes: 60_000,
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

import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { Nexudus } from '../../embedded-n8n/nexudus';
import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import { READINGS, type FaultCase } from './faultCase';
import type { Fault } from './fault';
import { runCase } from './runCase';
import { runCases } from './runCases';
import { failuresOf, hasPassed } from './table';

const node = new Nexudus();
const caseOf = (arrange: Fault['arrange']): FaultCase => ({
	fault: { name: 'made up', group: 'write', arrange },
	operation: 'pause',
	reading: READINGS[0],
	way: 'customer',
	memory: 'new',
	mode: 'continueRegularOutput',
	contracts: 1,
});

const run = async (arrange: Fault['arrange']) => {
	const faultCase = caseOf(arrange);
	const [result] = await runCases([faultCase], node);
	return { faultCase, result };
};

it('a fault that does not strike fails its case, after one more try', async () => {
	const row = await run(({ order }) => order({ kind: 'html', route: 'resume' }));
	expect(row.result).toMatchObject({ retried: true, told: ['changed', 'unchanged'] });
	expect(failuresOf(row)).toEqual(['did not strike: html at resume']);
	expect(hasPassed([row])).toBe(false);
});

it('a fault that strikes at the second try alone is counted as retried', async () => {
	let tries = 0;
	const row = await run(({ order }) =>
		order({ kind: 'html', route: ++tries === 1 ? 'resume' : 'pause' }),
	);
	expect(row.result.retried).toBe(true);
	expect(hasPassed([row])).toBe(true);
});

it('no cases are no pass', () => expect(hasPassed([])).toBe(false));

describe('a node that leaks', () => {
	const FORMS: Array<[string, (secret: string) => string]> = [
		['as it is', (secret) => secret],
		['URL-encoded', encodeURIComponent],
		['in JSON', (secret) => JSON.stringify({ secret })],
		['in base64', (secret) => Buffer.from(`ola:${secret}`).toString('base64')],
	];
	const PLACES: Record<string, (context: IExecuteFunctions, text: string) => void> = {
		'its output': (context, text) => (context.getInputData()[0].json.leak = { deep: [text] }),
		'an error': (_, text) => {
			throw new Error(text);
		},
		'a hint': (context, text) => context.addExecutionHints({ message: text }),
		"n8n's log": (context, text) => context.logger.debug('signed in', { text }),
	};
	type SecretOf = (context: IExecuteFunctions, sandbox: Sandbox) => Promise<string>;
	const typed =
		(field: string): SecretOf =>
		async (context) =>
			String((await context.getCredentials('nexudusOperatorApi'))[field]);
	/** By the order in which the stand-in has given them out: the operator's session first. */
	const token =
		(index: number): SecretOf =>
		async (_, { tokens }) =>
			tokens[index];
	const KINDS: Array<[string, SecretOf]> = [
		['password', typed('password')],
		['oneTimeCodeSecret', typed('oneTimeCodeSecret')],
		["token 0, the operator's", token(0)],
		["token 1, the operator's refresh token", token(1)],
		['token 2, of the impersonation', token(2)],
		["token 3, the member's bearer", token(3)],
		["token 4, the member's refresh token", token(4)],
	];

	let sandbox: Sandbox;
	beforeAll(async () => (sandbox = await createSandbox()));
	afterAll(async () => await sandbox.close());

	/** What the judge finds when the node works well, and then lets something out. */
	async function leaks(secretOf: SecretOf, place: string, form: (secret: string) => string) {
		const leaky = Object.create(node, {
			execute: {
				async value(this: IExecuteFunctions) {
					const output = await node.execute.call(this);
					PLACES[place](this, form(await secretOf(this, sandbox)));
					return place === 'its output' ? [this.getInputData()] : output;
				},
			},
		}) as INodeType;
		const faultCase: FaultCase = { ...caseOf(() => undefined), way: 'operator' };
		const result = await runCase(faultCase, sandbox, leaky);
		return { result, failures: failuresOf({ faultCase, result: { ...result, retried: false } }) };
	}

	it.each(KINDS)('%s is found everywhere in every form', async (name, secretOf) => {
		for (const place of Object.keys(PLACES)) {
			for (const [, form] of FORMS) {
				const { result, failures } = await leaks(secretOf, place, form);
				expect(result.leaks.join()).toContain(name.split(',')[0]);
				expect(failures.some((failure) => failure.startsWith('secret: '))).toBe(true);
			}
		}
	});

	it('is not found where nothing leaks, though tokens were given out', async () => {
		const { result } = await leaks(async () => 'nothing', "n8n's log", String);
		expect(result.leaks).toEqual([]);
		expect(sandbox.tokens.length).toBeGreaterThanOrEqual(5);
	});

	it('a bearer of nobody is found too', async () => {
		const { result } = await leaks(async () => 'Bearer abcdefgh12345', 'an error', String);
		expect(result.leaks).toEqual(['a bearer']);
	});
});

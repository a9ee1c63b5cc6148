import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { Nexudus, NexudusTrigger } from '../../embedded-n8n/nexudus';
// The ending keeps the codex file beside it from being taken for the node.
// eslint-disable-next-line import-x/no-unresolved -- the resolver does not map .js to .ts
import { Paychtec } from '../../packages/n8n-nodes-paychtec/nodes/Paychtec/Paychtec.node.js';
import { StripeSubscription } from '../../packages/n8n-nodes-stripe-subscription/nodes/StripeSubscription/StripeSubscription.node';
import { allPackages, CHECKOUT } from '../../start/package';
import { SIBLINGS } from '../../start/siblings';
import { EXAMPLE_FILE, EXAMPLE_WEBHOOK, readWorkflow, withCredentials } from '../../start/example';
import type { WorkflowNode } from '../../start/rest';

/** The forms of our nodes, by type. */
const FORMS: Record<string, INodeProperties[]> = {
	'n8n-nodes-nexudus.nexudus': new Nexudus().description.properties,
	'n8n-nodes-nexudus.nexudusTool': new Nexudus().description.properties,
	'n8n-nodes-nexudus.nexudusTrigger': new NexudusTrigger().description.properties,
	'n8n-nodes-paychtec.paychtec': new Paychtec().description.properties,
	'n8n-nodes-stripe-subscription.stripeSubscription': new StripeSubscription().description
		.properties,
};
/** What n8n adds to the form of a tool, and of a trigger that polls. */
const OF_N8N = ['toolDescription', 'pollTimes'];
const files = allPackages().flatMap((directory) =>
	readdirSync(join(CHECKOUT, directory, 'examples'))
		.filter((name) => name.endsWith('.json'))
		.map((name) => join(directory, 'examples', name)),
);

interface Shown {
	show?: Record<string, unknown[] | undefined>;
}

/** The node's own property of this name for the resource and operation chosen. */
function propertyFor(name: string, { type, parameters }: WorkflowNode) {
	return FORMS[type]?.find(
		(property) =>
			property.name === name &&
			['actAs', 'resource', 'operation'].every((key) => {
				const allowed = (property.displayOptions as Shown | undefined)?.show?.[key];
				const value = parameters[key] ?? (key === 'actAs' ? 'customer' : undefined);
				return allowed === undefined || allowed.includes(value);
			}),
	);
}

describe.each(files)('%s', (file) => {
	const workflow = readWorkflow(join(CHECKOUT, file));
	const ours = workflow.nodes.filter(({ type }) => type in FORMS);

	it('uses the node of this package', () => {
		expect(ours.length).toBeGreaterThan(0);
	});

	it.each(ours.map((node) => [node.name, node] as const))(
		'%s sets only parameters and options that the node has',
		(_name, node) => {
			for (const [name, value] of Object.entries(node.parameters)) {
				if (OF_N8N.includes(name)) continue;
				const property = propertyFor(name, node);
				expect({ name, known: property !== undefined }).toEqual({ name, known: true });
				if (property?.type !== 'collection') continue;
				const known = property.options?.map((option) => option.name) ?? [];
				expect(known).toEqual(expect.arrayContaining(Object.keys(value as object)));
			}
		},
	);

	it.each(ours.map((node) => [node.name, node] as const))(
		'%s chooses operation and events that the node has',
		(_name, node) => {
			const values = (name: string) =>
				propertyFor(name, node)?.options?.map((option) => 'value' in option && option.value);
			const { operation, events } = node.parameters;
			if (operation !== undefined) expect(values('operation')).toContain(operation);
			if (events !== undefined)
				expect(values('events')).toEqual(expect.arrayContaining(events as string[]));
			expect(operation ?? events).toBeDefined();
		},
	);

	it('lets nobody in who does not say who they are', () => {
		const open = workflow.nodes
			.filter(({ type }) => /\.(webhook|formTrigger|chatTrigger)$/.test(type))
			.filter(({ parameters }) => !/^(header|basic)Auth$/.test(String(parameters.authentication)));
		expect(open.map(({ name }) => name)).toEqual([]);
	});

	it('contains no credential', () => {
		expect(workflow.nodes.filter(({ credentials }) => credentials)).toEqual([]);
	});

	it('connects only nodes that it has', () => {
		const names = workflow.nodes.map(({ name }) => name);
		const targets = [...JSON.stringify(workflow.connections).matchAll(/"node":"([^"]+)"/g)];
		for (const [, target] of targets) expect(names).toContain(target);
		for (const source of Object.keys(workflow.connections)) expect(names).toContain(source);
	});
});

describe('examples/README.md', () => {
	const folder = join(CHECKOUT, 'examples');
	const readme = readFileSync(join(folder, 'README.md'), 'utf8');

	it.each(readdirSync(folder).filter((name) => name.endsWith('.json')))(
		'has a picture and a paragraph of %s',
		(name) => {
			const picture = `images/${name.replace('.json', '.png')}`;
			expect(readme).toContain(`\`${name}\``);
			expect(readme).toContain(`](${picture})`);
			expect(existsSync(join(folder, picture))).toBe(true);
		},
	);
});

describe('the examples that npm start runs', () => {
	it.each(SIBLINGS.map((sibling) => [sibling.vendor, sibling] as const))(
		'%s has a webhook which authenticates its caller',
		(_, { directory, example, call }) => {
			const file = join(directory, 'examples', example);
			const webhook = readWorkflow(join(CHECKOUT, file)).nodes.find(
				({ type }) => type === 'n8n-nodes-base.webhook',
			);
			expect(webhook?.parameters).toMatchObject({
				path: call.path,
				authentication: 'headerAuth',
				responseMode: 'responseNode',
			});
		},
	);

	it('cover every package', () => {
		expect(['.', ...SIBLINGS.map(({ directory }) => directory)].sort()).toEqual(
			allPackages().sort(),
		);
	});
});

describe('the example of Nexudus', () => {
	const workflow = readWorkflow(EXAMPLE_FILE);

	it('has a webhook which authenticates its caller', () => {
		const webhook = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
		expect(webhook?.parameters).toMatchObject({
			path: EXAMPLE_WEBHOOK,
			httpMethod: 'POST',
			authentication: 'headerAuth',
			responseMode: 'responseNode',
		});
	});

	it('gets its credentials where the node types take them, and nowhere else', () => {
		const chosen = withCredentials(workflow, [
			{ id: '1', name: 'Nexudus', type: 'nexudusCustomerSessionApi' },
			{ id: '2', name: 'Caller', type: 'httpHeaderAuth' },
		]);
		const ids = Object.fromEntries(chosen.nodes.map((node) => [node.name, node.credentials]));
		expect(ids).toMatchObject({
			Webhook: { httpHeaderAuth: { id: '2', name: 'Caller' } },
			Pause: { nexudusCustomerSessionApi: { id: '1', name: 'Nexudus' } },
			'Get Pause Meta': { nexudusCustomerSessionApi: { id: '1', name: 'Nexudus' } },
		});
		expect(ids.Respond).toBeUndefined();
	});
});

describe('what an example decides', () => {
	const nodeOf = (file: string, name: string) => {
		const node = readWorkflow(join(CHECKOUT, 'examples', file)).nodes.find(
			(one) => one.name === name,
		);
		if (node === undefined) throw new Error(`${file} has no ${name}`);
		return node;
	};
	/** The value of an expression, with what n8n gives it. */
	const valueOf = (expression: unknown, given: object): unknown =>
		runInNewContext(String(expression).replace(/^=\{\{(.*)\}\}$/s, '($1)'), { ...given });
	const conditionOf = (file: string, name: string) => {
		const { conditions } = nodeOf(file, name).parameters.conditions as {
			conditions: Array<{ leftValue: string }>;
		};
		return conditions[0].leftValue;
	};

	describe('bulk freeze', () => {
		const file = 'bulk-freeze-from-spreadsheet.json';
		const nodes = (query: object, row: object) => (name: string) =>
			name === 'Webhook'
				? { first: () => ({ json: { query } }) }
				: { item: { json: row }, all: () => [{ json: row }] };

		it.each([
			[{}, true],
			[{ dryRun: 'true', nextCycle: 'false', report: 'html', by: 'Ana' }, true],
			[{ dryRun: 'false', report: 'csv' }, true],
			[{ dryRun: 'True' }, false],
			[{ dryRun: '' }, false],
			[{ dryRun: ['true', 'true'] }, false],
			[{ dryrun: 'true' }, false],
			[{ nextCycle: '1' }, false],
			[{ report: 'pdf' }, false],
		])('the query %j is known: %s', (query, known) => {
			expect(valueOf(conditionOf(file, 'Query Known'), { $json: { query } })).toBe(known);
		});

		it.each([
			[{ contractId: 700100 }, true],
			[{}, false],
			[{ contract: 700100 }, false],
			[{ error: 'no file' }, false],
		])('the row %j is one: %s', (row, any) => {
			expect(valueOf(conditionOf(file, 'Any Row'), { $: nodes({}, row) })).toBe(any);
		});

		it.each([
			['the same member', 15001, 15001, {}, true],
			['the same member, as a text', 15001, ' 15001 ', {}, true],
			['another member', 15001, 15002, {}, false],
			['no member in the row', 15001, '', {}, false],
			['no member anywhere', undefined, undefined, {}, false],
			['a word for no member', undefined, 'undefined', {}, false],
			['another word for it', null, 'null', {}, false],
			['no number', 'all', 'all', {}, false],
			['a dry run', 15001, 15001, { dryRun: 'true' }, false],
			['no dry run', 15001, 15001, { dryRun: 'false' }, true],
			['a dry run that is not understood', 15001, 15001, { dryRun: 'yes' }, false],
		])('%s', (_, CoworkerId, coworkerId, query, freezes) => {
			const $json = { wouldDo: 'write', before: { raw: { contract: { CoworkerId } } } };
			const given = { $json, $: nodes(query, { coworkerId }) };
			expect(valueOf(conditionOf(file, 'To Freeze'), given)).toBe(freezes);
		});

		/** What a row of the result file says, of what Plan or Freeze has put out. */
		const resultOf = ($json: object, row: object) => {
			const { assignments } = nodeOf(file, 'Result Rows').parameters.assignments as {
				assignments: Array<{ name: string; value: string }>;
			};
			const given = { $json, $: nodes({}, row) };
			return Object.fromEntries(
				assignments.map(({ name, value }) => [name, valueOf(value, given)]),
			);
		};
		const planned = (wouldDo: string, CoworkerId: unknown) => ({
			outcome: 'planned',
			wouldDo,
			refusals: wouldDo === 'refuse' ? [{ message: 'It is cancelled' }] : [],
			before: { raw: { contract: { CoworkerId } } },
			expectedDates: { pausedFromLocal: '2027-08-01', pausedUntilLocal: '2027-09-01' },
		});
		const row = { contractId: 700100, coworkerId: 15001 };
		const other = 'The contract belongs to another member than the row says';

		it.each([
			['done', { outcome: 'changed' }, row, 'frozen', ''],
			['done before', { outcome: 'unchanged' }, row, 'frozen before', ''],
			['lost', { error: { outcome: 'unknown', message: 'Lost' } }, row, 'not known', 'Lost'],
			['bad', { error: { outcome: 'refused', message: 'Bad' } }, row, 'not done', 'Bad'],
			['an error of n8n itself', { error: 'Broken' }, row, 'not done', 'Broken'],
			['to do', planned('write', 15001), row, 'would be frozen', ''],
			['there', planned('nothing', 15001), row, 'frozen before', ''],
			['refused', planned('refuse', 15001), row, 'not done', 'It is cancelled'],
			['of somebody else', planned('write', 15002), row, 'not done', other],
			['of somebody else, and there', planned('nothing', 15002), row, 'not done', other],
			[
				'of nobody, and there',
				planned('nothing', undefined),
				{ ...row, coworkerId: 'undefined' },
				'not done',
				'The row names no member (coworkerId)',
			],
		])('a row that is %s is told as it is', (_, $json, given, result, why) => {
			const told = resultOf($json, given);
			expect(told).toMatchObject({ result, why });
			// No days of a pause that there is not.
			if (result.startsWith('not')) expect(told).toMatchObject({ pausedFrom: '', pausedUntil: '' });
			if ('wouldDo' in $json && !why) expect(told).toMatchObject({ pausedFrom: '2027-08-01' });
		});

		it('begins no formula in the result file', () => {
			const error = { outcome: 'refused', message: '=1+1 is no number' };
			const link = '=HYPERLINK("http://example.test")';
			for (const begins of ['=', '+', '-', '@', '\t', '\r']) {
				const contractId = `${begins}1+1`;
				expect(resultOf({ error }, { contractId, coworkerId: link })).toMatchObject({
					contractId: `'${contractId}`,
					coworkerId: `'${link}`,
					why: "'=1+1 is no number",
				});
			}
			expect(resultOf({ error: { message: 'No' } }, row)).toMatchObject({
				contractId: '700100',
				coworkerId: '15001',
				why: 'No',
			});
		});

		it.each([
			['2027-08-01', '2027-08-01'],
			[46_600, '2027-08-01'],
			[46_600.25, '2027-08-01'],
			['01/08/2027', '01/08/2027'],
			[undefined, ''],
		])('the day %j of a row is read as %j', (pauseFrom, day) => {
			const { assignments } = nodeOf(file, 'Days as Text').parameters.assignments as {
				assignments: Array<{ name: string; value: string }>;
			};
			expect(assignments.map(({ name }) => name)).toEqual(['pauseFrom', 'pauseUntil']);
			const given = { $json: { pauseFrom, pauseUntil: pauseFrom }, DateTime };
			for (const { value } of assignments) expect(valueOf(value, given)).toBe(day);
		});

		it.each([
			[{}, 'refuse'],
			[{ nextCycle: 'false' }, 'refuse'],
			[{ nextCycle: 'true' }, 'nextCycle'],
		])('with the query %j an off-cycle day means %s', (query, choice) => {
			for (const name of ['Plan', 'Freeze']) {
				const { onOffCycleDate } = nodeOf(file, name).parameters;
				expect(valueOf(onOffCycleDate, { $: nodes(query, {}) })).toBe(choice);
			}
		});
	});

	describe('the status of an error', () => {
		const answering = [
			'pause-contract-from-webhook.json',
			'pause-with-approval.json',
			...SIBLINGS.map(({ directory, example }) => join('..', directory, 'examples', example)),
		];

		it.each([
			[{ outcome: 'unknown', code: 'outcomeUnknown' }, 502],
			[{ outcome: 'failed', code: 'contradicted' }, 502],
			[{ outcome: 'failed', code: 'attemptsUsed' }, 503],
			[{ outcome: 'failed', code: 'throttled' }, 503],
			[{ outcome: 'failed', code: 'signIn' }, 503],
			[{ outcome: 'failed', code: 'ECONNREFUSED' }, 503],
			[{ outcome: 'failed', code: 'TIMED_OUT' }, 503],
			[{ outcome: 'failed', code: 'http502' }, 503],
			[{ outcome: 'refused', code: 'cancelled' }, 422],
			[{ outcome: 'failed', code: 'http400' }, 422],
			[{ outcome: 'failed', code: 'http401' }, 422],
			[{ outcome: 'failed', code: 'PauseYearlyLimitReached' }, 422],
			[{ outcome: 'refused', code: 'badInput' }, 422],
			['an error of n8n itself', 422],
		])('%j is %i', (error, status) => {
			for (const file of answering) {
				const { responseCode } = nodeOf(file, 'Respond With Reason').parameters.options as {
					responseCode: string;
				};
				expect(valueOf(responseCode, { $json: { error } })).toBe(status);
			}
		});
	});

	describe('reconcile report', () => {
		const { jsCode } = nodeOf('reconcile-report.json', 'Last Entry per Contract').parameters;
		const entriesOf = (log: unknown) =>
			JSON.parse(
				JSON.stringify(
					runInNewContext(`(() => {${String(jsCode)}})()`, {
						$input: { first: () => ({ json: { body: { log } } }) },
					}),
				),
			) as Array<{ json: Record<string, unknown> }>;

		it.each([undefined, [], 'text', {}, [{ id: 1 }], [null]])('the log %j answers 422', (log) => {
			expect(entriesOf(log)).toEqual([
				{ json: { contractId: null, status: 422, answer: { message: expect.any(String) } } },
			]);
		});

		it('the latest entry counts, by its own time where it tells it', () => {
			const at = (time: string, more: object) => ({ contractId: 1, audit: { at: time }, ...more });
			const [early, late] = [
				at('2027-01-01T10:00:00.000Z', { operation: 'pause' }),
				at('2027-01-02T10:00:00.000Z', { operation: 'resume' }),
			];
			const kept = (log: unknown) => entriesOf(log).map(({ json }) => json.entry);
			expect(kept([early, late])).toEqual([late]);
			expect(kept([late, early])).toEqual([late]);
			const lost = { error: { contractId: 1, outcome: 'unknown', audit: early.audit } };
			expect(kept([late, lost])).toEqual([late]);
			const undated = { contractId: 1, operation: 'resume' };
			expect(kept([late, undated])).toEqual([undated]);
		});

		it('the last entry counts that may have changed something', () => {
			const done = { contractId: 1, outcome: 'changed' };
			const lost = { error: { contractId: 2, outcome: 'unknown' } };
			const log = [
				{ contractId: 1, outcome: 'unchanged' },
				done,
				{ contractId: 1, outcome: 'planned' },
				{ error: { contractId: 1, outcome: 'refused' } },
				{ contractId: 2, outcome: 'changed' },
				lost,
				{ error: { contractId: 3, outcome: 'notTried' } },
			];
			expect(entriesOf(log).map(({ json }) => json)).toEqual([
				{ contractId: '1', entry: done },
				{ contractId: '2', entry: lost },
			]);
			expect(entriesOf(log.slice(6))).toEqual([
				{ json: { contractId: null, status: 200, answer: { counts: {}, contracts: [] } } },
			]);
		});

		it.each([
			['2027-01-10T23:00:00.000Z', 'agree'],
			['2027-01-10T23:00:00Z', 'agree'],
			['2027-01-11T00:00:00+01:00', 'agree'],
			['2027-01-11T23:00:00.000Z', 'differs'],
			['10 Jan', 'differs'],
			[undefined, 'differs'],
		])('a pause until %s in the log: %s', (pausedUntilUtc, result) => {
			const pausedFromUtc = '2026-12-10T23:00:00.000Z';
			const after = { state: 'scheduled', pausedFromUtc, pausedUntilUtc };
			const now = { ...after, pausedUntilUtc: '2027-01-10T23:00:00.000Z' };
			const entry = { operation: 'pause', verified: true, after };
			const { parameters } = nodeOf('reconcile-report.json', 'Compare');
			const [report] = runInNewContext(`(() => {${String(parameters.jsCode)}})()`, {
				$: () => ({ all: () => [{ json: { contractId: '1', entry } }] }),
				$input: { all: () => [{ json: now }] },
			}) as Array<{ json: { contracts: Array<{ result: string }> } }>;
			expect(report.json.contracts.map((one) => one.result)).toEqual([result]);
		});
	});

	it('the reminder tries to send again', () => {
		const send = nodeOf('pause-ending-reminder.json', 'Send');
		expect(send).toMatchObject({ retryOnFail: true, maxTries: 5, waitBetweenTries: 5_000 });
	});
});

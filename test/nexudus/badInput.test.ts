import type { INodeParameters } from 'n8n-workflow';
import { CONTINUE, EACH_ID, failure, HOT_DESK, itemsOf, tellStory } from './story';

type Case = readonly [label: string, parameters: INodeParameters, field: string];

const text = (value: unknown) =>
	typeof value === 'string' ? JSON.stringify(value) : String(value);

const NOT_IDS: unknown[] = [
	1.5,
	-1,
	0,
	-0,
	1e21,
	2 ** 53,
	'',
	' ',
	'abc',
	'700100.5',
	'-700100',
	'+700100',
	'0',
	'000',
	'7e5',
	'0x2AB',
	'0b11',
	'700_100',
	'700,100',
	'7 00100',
	'700100/pause',
	'700100?immediate=true',
	'700100#1',
	'../coworkerContracts/1',
	'..%2F1',
	'%37',
	'700100;1',
	'700100\n1',
	'٧٠٠١٠٠',
	'\uff17\uff10\uff10\uff11\uff10\uff10',
	'\u2077',
	'12345678901234567',
	'99999999999999999999',
	'NaN',
	'Infinity',
	'null',
	'true',
	'[700100]',
	'{"id":1}',
	'https://myspace.spaces.nexudus.com/700100',
	true,
	false,
	null,
	[],
	[700100],
	{},
	{ id: 700100 },
	{ value: 700100 },
];

const ids: Case[] = NOT_IDS.map((value) => [
	`contract ${typeof value} ${typeof value === 'object' ? JSON.stringify(value) : text(value)}`,
	{ operation: 'pause', termsAccepted: true, contractId: `={{ $json.value }}`, value } as never,
	'Contract',
]);

const locators: Case[] = ['', 'x', '1.5', 'https://elsewhere.test/1', null, 0].map((value) => [
	`locator ${text(value)}`,
	{
		operation: 'get',
		contractId: { __rl: true, mode: 'id', value: '={{ $json.value }}' } as never,
		value,
	},
	'Contract',
]);

const pause = (more: INodeParameters): INodeParameters => ({
	operation: 'pause',
	contractId: HOT_DESK,
	termsAccepted: true,
	...more,
});

const cycles: Case[] = [
	0,
	-1,
	1.5,
	1e9,
	121,
	'={{ NaN }}',
	'={{ Infinity }}',
	'two',
	'1.5',
	'0',
	'-2',
	'1e1',
	'٢',
	'={{ null }}',
	'={{ true }}',
	'={{ [2] }}',
	'={{ ({}) }}',
	'',
].map((pauseCycles) => [`cycles ${text(pauseCycles)}`, pause({ pauseCycles }), 'Pause Cycles']);

const terms: Case[] = ['yes', 'TRUE', '1', 1, '={{ [true] }}', '={{ ({}) }}', '={{ 0 }}'].map(
	(termsAccepted) => [`terms ${text(termsAccepted)}`, pause({ termsAccepted }), 'Terms Accepted'],
);

const dryRuns: Case[] = ['no', 1, '={{ ["true"] }}'].map((dryRun) => [
	`dry run ${text(dryRun)}`,
	pause({ dryRun }),
	'Dry Run',
]);

const options: Case[] = [
	['If Already Paused', pause({ options: { ifAlreadyPaused: 'ignore' } })],
	['If Already Paused', pause({ options: { ifAlreadyPaused: '={{ 1 }}' } })],
	['If Already Paused', pause({ options: { ifAlreadyPaused: '' } })],
	['If Not Paused', { operation: 'resume', contractId: 1, options: { ifNotPaused: 'accept' } }],
	['Resume When', { operation: 'resume', contractId: 1, resumeWhen: 'tomorrow' }],
	['Resume When', { operation: 'resume', contractId: 1, resumeWhen: '={{ true }}' }],
	['Reason', pause({ options: { reason: 'x'.repeat(501) } })],
	['Reason', pause({ options: { reason: '={{ ({ why: 1 }) }}' } })],
	['Requested By', pause({ options: { requestedBy: 'x'.repeat(501) } })],
	['Requested By', pause({ options: { requestedBy: '={{ ["Maria"] }}' } })],
	['Expected Plan ID', pause({ options: { expectedPlanId: 'x'.repeat(101) } })],
	['Expected Plan ID', pause({ options: { expectedPlanId: '={{ true }}' } })],
].map(([field, parameters], index) => [
	`option ${String(field)} (${index})`,
	parameters as INodeParameters,
	field as string,
]);

const OUT_OF_RANGE: Array<[name: string, field: string, values: unknown[]]> = [
	['timeout', 'Timeout (Ms)', [-1, 1.5, 3_600_001, 'soon']],
	['writeTimeout', 'Write Timeout (Ms)', [-1, 1.5, 3_600_001]],
	['maxAttempts', 'Max Attempts', [0, 11, 1.5]],
	['retryInterval', 'Retry Interval (Ms)', [-1, 60_001, 0.5]],
	['backoffRate', 'Back-Off Rate', [0, 0.9, 11, 'fast']],
	['deadline', 'Deadline (Ms)', [-1, 3_600_001, 1.5]],
	['maxThrottleWait', 'Max Throttle Wait (Ms)', [-1, 3_600_001]],
	['concurrency', 'Concurrency', [0, 65, 2.5, '={{ true }}']],
	['requestsPerMinute', 'Requests Per Minute', [-1, 1.5, 1_000_001]],
	['writesPerMinute', 'Writes Per Minute', [-1, 0.1, 1_000_001]],
	['minSpacing', 'Min Spacing (Ms)', [-1, 60_001, '={{ [] }}']],
	['stopAfterFailures', 'Stop After Failures', [-1, 1.5]],
];

const settings: Case[] = OUT_OF_RANGE.flatMap(([name, field, values]) =>
	values.map((value): Case => [
		`${name} ${text(value)}`,
		pause({ requestSettings: { [name]: value } as never }),
		field,
	]),
);

const list = (more: INodeParameters): INodeParameters => ({ operation: 'getAll', ...more });
const reads: Case[] = [
	...[0, -1, 1.5, 'many', 1_000_001].map((limit): Case => [
		`limit ${text(limit)}`,
		list({ limit }),
		'Limit',
	]),
	['return all maybe', list({ returnAll: 'maybe' }), 'Return All'],
	['simplify 2', list({ simplify: 2 }), 'Simplify'],
	['state frozen', list({ filters: { pauseState: 'frozen' } }), 'Pause State'],
];

const period = (from: unknown, until: unknown, field: string): Case => [
	`from ${text(from)} until ${text(until)}`,
	{ operation: 'previewBookings', from, until } as INodeParameters,
	field,
];
const dates: Case[] = [
	period('2027-02-30', '2027-03-05', 'From'),
	period('2027-13-01', '2027-03-05', 'From'),
	period('2027-00-10', '2027-03-05', 'From'),
	period('2027-03-01T25:00:00', '2027-03-05', 'From'),
	period('2027-03-01T10:61:00', '2027-03-05', 'From'),
	period('01.03.2027', '2027-03-05', 'From'),
	period('03/01/2027', '2027-03-05', 'From'),
	period('tomorrow', '2027-03-05', 'From'),
	period('1803859200000', '2027-03-05', 'From'),
	period('={{ 1803859200000 }}', '2027-03-05', 'From'),
	period('={{ true }}', '2027-03-05', 'From'),
	period('2027-02-01', '2027-02-29', 'Until'),
	period('2027-03-05', '', 'Until'),
	period('', '2027-03-05', 'From'),
	period('2027-03-05', '2027-03-01', 'Until'),
	period('2027-03-05', '2027-03-05', 'Until'),
	period('2027-03-05T10:00:00+02:00', '2027-03-05T08:00:00Z', 'Until'),
	['no period at all', { operation: 'previewBookings' }, 'Contract'],
	[
		'cycles of a preview',
		{ operation: 'previewBookings', contractId: 1, pauseCycles: 0 },
		'Pause Cycles',
	],
];

const all = [
	...ids,
	...locators,
	...cycles,
	...terms,
	...dryRuns,
	...options,
	...settings,
	...reads,
	...dates,
];

describe(`bad input (${all.length} cases)`, () => {
	it('has at least 100 cases', () => {
		expect(all.length).toBeGreaterThanOrEqual(100);
	});

	it.each(all)(
		'%s: an error that names field and item, and no request',
		async (_, { value, ...parameters }, field) => {
			const story = await tellStory();
			const items = [{ json: { value } as never }];

			const stopped = await story.run(parameters, { items });
			expect(stopped.error?.message).toContain(`'${field}'`);
			expect(stopped.error?.message).toContain('[item 0]');
			expect(stopped.error?.context?.itemIndex).toBe(0);
			expect(stopped.error?.description).toMatch(/\w{4}/);

			const continued = await story.run(parameters, { ...CONTINUE, items });
			expect(failure(continued)).toMatchObject({
				code: 'badInput',
				outcome: 'refused',
				message: expect.stringContaining(`'${field}'`),
				description: expect.stringMatching(/\w{4}/),
				before: null,
				after: null,
				attempts: 0,
			});
			expect(story.sandbox.requests).toEqual([]);
			expect(story.store.signIns).toEqual([]);
		},
	);
});

describe('good input that looks odd', () => {
	it.each([
		['a number', 700100],
		['digits', '700100'],
		['digits with blanks around them', ' 700100 '],
		['an expression', '={{ 700000 + 100 }}'],
		['a locator from the list', { __rl: true, mode: 'list', value: '700100' }],
		['a locator with a numeric expression', { __rl: true, mode: 'id', value: '={{ 700100 }}' }],
		[
			'a locator with the name that the list showed',
			{ __rl: true, mode: 'list', value: '700100', cachedResultName: 'Hot Desk' },
		],
	])('%s is a contract', async (_, contractId) => {
		const story = await tellStory();
		const { items } = await story.run({ operation: 'get', contractId: contractId as never });
		expect(items[0]!.json.contractId).toBe(700100);
	});

	it('true and false as words are understood', async () => {
		const story = await tellStory();
		const { items } = await story.pause(HOT_DESK, {
			termsAccepted: '={{ "true" }}',
			dryRun: '={{ "false" }}',
			pauseCycles: '={{ "2" }}',
		});
		expect(items[0]!.json).toMatchObject({
			outcome: 'changed',
			request: { body: { PauseCycles: 2 } },
		});
	});
});

describe('one bad item among good ones', () => {
	it('stops the run before the first request', async () => {
		const story = await tellStory();
		const { error } = await story.pause(EACH_ID, {}, { items: itemsOf([700100, 'x', 700101]) });
		expect(error?.message).toMatch(/^'Contract' .*\[item 1\]/);
		expect(story.sandbox.requests).toEqual([]);
	});

	it('fails alone where the run continues', async () => {
		const story = await tellStory();
		const { items } = await story.pause(
			EACH_ID,
			{},
			{ ...CONTINUE, items: itemsOf([700100, 'x', 700101]) },
		);
		expect(items.map(({ json }) => json.outcome ?? 'error')).toEqual([
			'changed',
			'error',
			'changed',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
	});

	it('says which expression cannot be read', async () => {
		const story = await tellStory();
		const { error } = await story.pause('={{ $json.a.b.c }}', {}, { items: [{ json: {} }] });
		expect(error?.message).toMatch(/\[item 0\]/);
		expect(story.sandbox.requests).toEqual([]);
	});
});

describe('a portal address that cannot be used', () => {
	it.each([
		['', 'is empty'],
		['myspace.spaces.nexudus.com', 'is not a full address'],
		['http://myspace.spaces.nexudus.com', 'does not use https'],
		['ftp://myspace.spaces.nexudus.com', 'does not use https'],
		['https://myspace.spaces.nexudus.com/en', 'holds a path'],
		['https://myspace.spaces.nexudus.com/?a=1', 'holds a query'],
		['https://myspace.spaces.nexudus.com#a', "holds a part after '#'"],
		['https://maria:secret@myspace.spaces.nexudus.com', 'holds a user name'],
		['https://my space.nexudus.com', 'holds spaces'],
		['https://myspace.spaces.nexudus.com\\@elsewhere.test', 'holds a path'],
	])('%s: an error that names the field, and no request', async (portalUrl, what) => {
		const story = await tellStory({ credential: { portalUrl } });
		for (const parameters of [pause({}), { operation: 'get', contractId: 1 }]) {
			const { error } = await story.run(parameters);
			expect(error?.message).toContain(`'Portal URL' ${what}`);
			expect(error?.message).not.toContain('secret');
			const continued = await story.run(parameters, { ...CONTINUE, items: itemsOf([1, 2]) });
			expect(continued.items).toHaveLength(2);
			for (const index of [0, 1]) {
				expect(failure(continued, index)).toMatchObject({
					code: 'credential',
					outcome: 'refused',
					message: expect.stringContaining(what),
				});
			}
		}
		expect(story.sandbox.requests).toEqual([]);
	});
});

describe('an operation that does not exist', () => {
	it('is refused by name', async () => {
		const story = await tellStory();
		for (const operation of ['delete', 'toString', 'constructor', '__proto__']) {
			const { error } = await story.run({ operation, contractId: 1 });
			expect(error?.message).toContain(`There is no operation '${operation}'`);
		}
		expect(story.sandbox.requests).toEqual([]);
	});
});

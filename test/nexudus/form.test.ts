import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import codex from '../../nodes/Nexudus/Nexudus.node.json';
import { Nexudus } from '../../embedded-n8n/nexudus';

const { description } = new Nexudus();

const OPERATIONS = ['pause', 'resume', 'get', 'getAll', 'getPauseMeta', 'previewBookings'] as const;

function fieldsOf(operation: string): INodeProperties[] {
	return description.properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.operation?.includes(operation) &&
			displayOptions.show.resource?.includes('contract'),
	);
}

const field = (operation: string, name: string) =>
	fieldsOf(operation).find((property) => property.name === name)!;

const entriesOf = (operation: string, name: string) =>
	(field(operation, name).options ?? []) as INodeProperties[];

const READ_SETTINGS = {
	timeout: 10_000,
	maxAttempts: 3,
	retryInterval: 1000,
	backoffRate: 2,
	deadline: 120_000,
	maxThrottleWait: 300_000,
	concurrency: 4,
	requestsPerMinute: 120,
	minSpacing: 100,
};
const WRITE_SETTINGS = {
	...READ_SETTINGS,
	writeTimeout: 60_000,
	writesPerMinute: 60,
	stopAfterFailures: 0,
};

describe('the form', () => {
	it('has its resources, and six operations of contracts under their names', () => {
		const options = (name: string) =>
			(description.properties.find((property) => property.name === name)!.options ??
				[]) as INodePropertyOptions[];
		expect(options('resource').map(({ name, value }) => [name, value])).toEqual([
			['Contract', 'contract'],
			['Pause Period', 'pausePeriod'],
		]);
		expect(
			Object.fromEntries(options('operation').map(({ name, value }) => [value, name])),
		).toEqual({
			pause: 'Pause',
			resume: 'Resume',
			get: 'Get',
			getAll: 'Get Many',
			getPauseMeta: 'Get Pause Meta',
			previewBookings: 'Preview Affected Bookings',
		});
		for (const { description: text, action } of options('operation')) {
			expect(text).toMatch(/\w{4}/);
			expect(action).toMatch(/\w{4}/);
		}
	});

	it.each([
		['pause', { pauseCycles: 1, termsAccepted: false, dryRun: false, options: {} }],
		['resume', { resumeWhen: 'endOfPausePeriod', dryRun: false, options: {} }],
		['get', { simplify: true }],
		['getAll', { returnAll: false, limit: 50, filters: {}, simplify: true }],
		['getPauseMeta', {}],
		['previewBookings', { from: '', until: '', pauseCycles: 1 }],
	])(
		'of %s has exactly the parameters that are promised, with their defaults',
		(operation, own) => {
			const fields = fieldsOf(operation).filter(({ type }) => type !== 'notice');
			const expected: Record<string, unknown> = { ...own, requestSettings: {} };
			if (operation !== 'getAll') {
				expected.contractId = { mode: 'list', value: '' };
				expected.coworkerId = { mode: 'list', value: '' };
			}
			expect(Object.fromEntries(fields.map(({ name, default: value }) => [name, value]))).toEqual(
				expected,
			);
		},
	);

	it('describes every field, option and setting', () => {
		const described = (property: INodeProperties | INodePropertyOptions): void => {
			const name = `${property.name}`;
			const hasWords = 'type' in property && ['notice', 'collection'].includes(property.type);
			if (!hasWords && !['resource', 'operation'].includes(name)) {
				expect([name, property.description]).toEqual([name, expect.stringMatching(/\w{4}/)]);
			}
			if ('type' in property && property.type === 'collection') {
				for (const entry of property.options ?? []) described(entry as INodeProperties);
			}
		};
		for (const property of description.properties) described(property);
	});

	it.each(OPERATIONS)("of %s links to the vendor's page", (operation) => {
		const [notice] = fieldsOf(operation).filter(({ type }) => type === 'notice');
		expect(notice!.displayName).toMatch(
			/href="https:\/\/learn\.nexudus\.com\/api\/endpoints\/\S+"/,
		);
	});

	it.each(['pause', 'resume'])('of %s warns that "Execute step" writes for real', (operation) => {
		expect(field(operation, 'dryRun').hint).toMatch(/'Execute step' writes for real/);
	});

	it('warns that resuming immediately may invoice a full cycle at once', () => {
		expect(field('resume', 'resumeWhen').description).toMatch(/may invoice a full/);
	});

	it("says that the bookings are the customer's", () => {
		const notice = fieldsOf('previewBookings').find(({ type }) => type === 'notice');
		expect(notice!.displayName).toMatch(/customer's bookings.*not those of one contract/);
	});

	it.each([
		['pause', { ifAlreadyPaused: ['unchanged', ['unchanged', 'accept', 'fail']] }],
		['resume', { ifNotPaused: ['unchanged', ['unchanged', 'fail']] }],
	])('of %s has the options that say what the change means', (operation, own) => {
		const entries = entriesOf(operation, 'options');
		expect(entries.map(({ name }) => name).sort()).toEqual(
			[
				'expectedPlanId',
				'reason',
				'requestedBy',
				'toolMayWriteWithoutPlan',
				...Object.keys(own),
			].sort(),
		);
		for (const [name, [value, values]] of Object.entries(own)) {
			const entry = entries.find((one) => one.name === name)!;
			expect(entry.default).toBe(value);
			expect((entry.options as INodePropertyOptions[]).map((one) => one.value)).toEqual(values);
		}
		const tool = entries.find(({ name }) => name === 'toolMayWriteWithoutPlan')!;
		expect(tool).toMatchObject({ default: false, noDataExpression: true });
	});

	it.each([
		['pause', WRITE_SETTINGS],
		['resume', WRITE_SETTINGS],
		['get', READ_SETTINGS],
		['getAll', READ_SETTINGS],
		['getPauseMeta', READ_SETTINGS],
		['previewBookings', READ_SETTINGS],
	])('of %s has the request settings with their defaults, times in ms', (operation, settings) => {
		const entries = entriesOf(operation, 'requestSettings');
		expect(Object.fromEntries(entries.map(({ name, default: value }) => [name, value]))).toEqual(
			settings,
		);
		const times = ['timeout', 'writeTimeout', 'retryInterval', 'deadline', 'maxThrottleWait'];
		for (const { name, displayName } of entries) {
			if (times.includes(name)) expect(displayName).toMatch(/\(Ms\)$/);
		}
	});

	it('filters Get Many by the four pause states', () => {
		const [state] = entriesOf('getAll', 'filters');
		expect(state).toMatchObject({ name: 'pauseState', default: 'any' });
		expect((state!.options as INodePropertyOptions[]).map(({ value }) => value).sort()).toEqual([
			'active',
			'any',
			'none',
			'scheduled',
		]);
	});

	it('lets a contract be chosen from a list that can be searched, or entered', () => {
		for (const operation of ['pause', 'resume', 'get', 'getPauseMeta', 'previewBookings']) {
			const { type, modes } = field(operation, 'contractId');
			expect(type).toBe('resourceLocator');
			expect(modes!.map(({ name }) => name)).toEqual(['list', 'id']);
			expect(modes![0]!.typeOptions).toEqual({
				searchListMethod: 'searchContracts',
				searchable: true,
			});
		}
	});

	it('keeps the names that later versions need free', () => {
		const names = (properties: INodeProperties[]): string[] =>
			properties.flatMap(({ name, options }) => [
				name,
				...names(
					((options ?? []) as Array<INodeProperties | INodePropertyCollection>).filter(
						(option): option is INodeProperties => 'type' in option,
					),
				),
			]);
		for (const reserved of ['pausePeriod']) {
			expect(names(description.properties)).not.toContain(reserved);
		}
	});
});

describe('the node', () => {
	it('is found by the words that people look for', () => {
		const words = ['pause', 'freeze', 'suspend', 'hold', 'resume', 'unfreeze', 'contract'];
		expect(codex.alias).toEqual(expect.arrayContaining([...words, 'plan', 'coworking']));
	});

	it('says why Retry On Fail can stay off, where something is written', () => {
		const [hint] = description.hints!;
		expect(hint).toMatchObject({
			message: expect.stringContaining("'Retry On Fail' can stay off"),
		});
		expect(hint!.displayCondition).toMatch(/"pause","resume"/);
	});

	it('has an icon in light and dark, and is usable as a tool', () => {
		expect(description.icon).toEqual({
			light: expect.stringMatching(/\.svg$/),
			dark: expect.stringMatching(/dark\.svg$/),
		});
		expect(description.usableAsTool).toBe(true);
		expect(description.name).toBe('nexudus');
		expect(description.credentials).toEqual([
			{
				name: 'nexudusCustomerSessionApi',
				required: true,
				displayOptions: { show: { actAs: [{ _cnd: { eq: 'customer' } }] } },
			},
			{
				name: 'nexudusOperatorApi',
				required: true,
				displayOptions: { show: { actAs: [{ _cnd: { eq: 'operator' } }] } },
			},
		]);
	});
});

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { runListSearch } from '../../../embedded-n8n';
import { Nexudus } from '../../../embedded-n8n/nexudus';
import { MADRID, tellOperatorStory } from './operatorStory';

const { description } = new Nexudus();

type Shown = Record<string, unknown[] | undefined>;

function fieldsOf(operation: string): INodeProperties[] {
	return description.properties.filter(({ displayOptions }) => {
		const shown = (displayOptions?.show ?? {}) as Shown;
		return shown.operation?.includes(operation) && shown.resource?.includes('pausePeriod');
	});
}

const defaults = (fields: INodeProperties[]) =>
	Object.fromEntries(
		fields.filter(({ type }) => type !== 'notice').map(({ name, default: value }) => [name, value]),
	);

const CHANGE = { dryRun: false, options: {}, requestSettings: {} };

describe('the form of pause periods', () => {
	it("is an operator's alone", () => {
		const resources = description.properties.filter(({ name }) => name === 'resource');
		expect(resources).toHaveLength(1);
		expect(
			(resources[0].options as INodePropertyOptions[]).map(({ value, displayOptions }) => [
				value,
				displayOptions?.show?.actAs,
			]),
		).toEqual([
			['contract', undefined],
			['pausePeriod', ['operator']],
		]);
		for (const operation of ['create', 'update', 'delete', 'get', 'getAll']) {
			for (const { displayOptions } of fieldsOf(operation)) {
				expect(displayOptions?.show?.actAs).toEqual(['operator']);
			}
		}
	});

	it.each([
		[
			'create',
			{
				contractId: { mode: 'list', value: '' },
				pauseFrom: '',
				pauseUntil: '',
				onOffCycleDate: 'refuse',
				...CHANGE,
			},
		],
		['update', { pausePeriodId: '', updateFields: {}, onOffCycleDate: 'refuse', ...CHANGE }],
		['delete', { pausePeriodId: '', ...CHANGE }],
		['get', { pausePeriodId: '', simplify: true, requestSettings: {} }],
		['getAll', { returnAll: false, limit: 50, filters: {}, simplify: true, requestSettings: {} }],
	])('of %s has exactly the parameters that are promised, in order', (operation, promised) => {
		expect(defaults(fieldsOf(operation))).toEqual(promised);
		expect(Object.keys(defaults(fieldsOf(operation)))).toEqual(Object.keys(promised));
	});

	it.each([
		[
			'create',
			'options',
			[
				'toolMayWriteWithoutPlan',
				'expectedPlanId',
				'ifAlreadyPaused',
				'notes',
				'reason',
				'requestedBy',
				'timeZone',
			],
		],
		[
			'update',
			'options',
			['toolMayWriteWithoutPlan', 'expectedPlanId', 'reason', 'requestedBy', 'timeZone'],
		],
		['update', 'updateFields', ['notes', 'pauseFrom', 'pauseUntil']],
		[
			'delete',
			'options',
			['toolMayWriteWithoutPlan', 'expectedPlanId', 'ifAlreadyDeleted', 'reason', 'requestedBy'],
		],
		['getAll', 'filters', ['beginsBefore', 'contractId', 'coworkerId', 'endsAfter', 'pauseState']],
	])('of %s: %s', (operation, name, entries) => {
		const field = fieldsOf(operation).find((one) => one.name === name)!;
		expect((field.options as INodeProperties[]).map((option) => option.name)).toEqual(entries);
	});
});

describe('the list of all contracts in the editor', () => {
	const search = async (filter?: string) => {
		const story = await tellOperatorStory();
		const { results } = await runListSearch({
			node: new Nexudus(),
			method: 'searchAllContracts',
			filter,
			parameters: { actAs: 'operator', resource: 'pausePeriod', operation: 'create' },
			credentialStore: story.store,
		});
		return results;
	};

	it('shows member, price plan and id of active contracts', async () => {
		const results = await search();
		expect(results).toContainEqual({
			name: `Maria Sol · Hot Desk Monthly · ${MADRID}`,
			value: String(MADRID),
		});
		expect(results.map(({ value }) => value)).not.toContain('700106');
	});

	it.each([
		['tom', ['800200']],
		['maria hot 710001', [String(MADRID)]],
		['nobody', []],
	])('finds by words: %s', async (filter, ids) => {
		expect((await search(filter)).map(({ value }) => value)).toEqual(ids);
	});
});

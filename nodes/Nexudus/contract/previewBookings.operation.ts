import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Read } from '../../../guarded-change/change';
import { BadInput, wholeNumber } from '../../../n8n/inputs';
import { instant } from '../../../n8n/instant';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { contractIdField, parseContractId } from '../contractId';
import { NEXUDUS_LIMITS } from '../limits';
import { contractState } from '../pauseState';
import type { ReadContext } from '../contractOperations';
import { expectedPause } from '../rules';
import { oneRecord } from '../vendorRecord';
import { showFor, vendorPage } from './show';

const MOST_CYCLES = 120;

export const description: INodeProperties[] = [
	vendorPage(
		'previewBookings',
		"Counts the customer's bookings in a period: all of them, not those of one contract.",
		'contract-pause-bookings',
	),
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description:
			"Start of the period, ISO 8601. Without a zone it is in the workflow's time zone. Leave both dates empty to use a contract's next pause instead.",
		displayOptions: showFor('previewBookings'),
	},
	{
		displayName: 'Until',
		name: 'until',
		type: 'dateTime',
		default: '',
		description: "End of the period, ISO 8601. Without a zone it is in the workflow's time zone.",
		displayOptions: showFor('previewBookings'),
	},
	contractIdField(showFor('previewBookings'), {
		required: false,
		description:
			"Used when the dates are empty: the period is this contract's pause if it were paused now. The count stays one of the whole customer.",
	}),
	{
		displayName: 'Pause Cycles',
		name: 'pauseCycles',
		type: 'number',
		default: 1,
		typeOptions: { minValue: 1, maxValue: MOST_CYCLES },
		description:
			'Used with a contract: billing cycles of the pause. The end is inferred from the length of the current cycle.',
		displayOptions: showFor('previewBookings'),
	},
	requestSettingsField(NEXUDUS_LIMITS, false, showFor('previewBookings')),
];

interface Period {
	from: string;
	until: string;
}

type Parameters = { period: Period } | { contractId: number; cycles: number };

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { readForEachItem } = await import('../contractOperations');
	const { readWell } = await import('../../../guarded-change/readWell');
	return await readForEachItem<Parameters>(context, {
		parameters: (item) => parameters(context, item),
		contractId: (wanted) => ('contractId' in wanted ? wanted.contractId : null),
		read: async (wanted, context) => {
			const { api, tools } = context;
			const period = 'period' in wanted ? given(wanted.period) : await periodOf(wanted, context);
			if (!period.known) return period;
			const { from, until } = period.value;
			const read = await readWell(api.affectedBookings(from, until), tools);
			if (!read.known) return read;
			const counts = oneRecord(read.value.body) ?? {};
			const number = (value: unknown) => (typeof value === 'number' ? value : null);
			return {
				...read,
				value: [
					{
						scope: 'customer',
						from,
						until,
						inferred: 'contractId' in wanted,
						...('contractId' in wanted && {
							contractId: wanted.contractId,
							pauseCycles: wanted.cycles,
						}),
						total: number(counts.Total),
						notCharged: number(counts.NotCharged),
						notInvoiced: number(counts.NotInvoiced),
						notPaid: number(counts.NotPaid),
					},
				],
			};
		},
	});
}

function parameters(context: IExecuteFunctions, item: number): Parameters {
	const from = context.getNodeParameter('from', item, '');
	const until = context.getNodeParameter('until', item, '');
	if (!from && !until) {
		return {
			contractId: parseContractId(context.getNodeParameter('contractId', item, '')),
			cycles: wholeNumber(context.getNodeParameter('pauseCycles', item, 1), {
				field: 'Pause Cycles',
				min: 1,
				max: MOST_CYCLES,
			}),
		};
	}
	const zone = context.getTimezone();
	const period = { from: instant(from, 'From', zone), until: instant(until, 'Until', zone) };
	if (period.until <= period.from) {
		throw new BadInput(
			'Until',
			"must be later than 'From'",
			'Enter a period that ends after it begins.',
		);
	}
	return { period };
}

function given(period: Period): Read<Period> {
	return { known: true, value: period, askedAt: 0, waited: 0 };
}

/** The pause that so many cycles from the next renewal make, from the dates that Nexudus shows. */
async function periodOf(
	{ contractId, cycles }: { contractId: number; cycles: number },
	{ api, tools }: ReadContext,
): Promise<Read<Period>> {
	const { answeredAt, readWell } = await import('../../../guarded-change/readWell');
	const details = await readWell(api.contract(contractId), tools);
	if (!details.known) return details;
	const meta = await readWell(api.pauseMeta(contractId), tools);
	if (!meta.known) return meta;
	const state = contractState(
		{ contract: oneRecord(details.value.body) ?? {}, meta: oneRecord(meta.value.body) ?? {} },
		answeredAt(meta.value, tools),
	);
	const pause = expectedPause(cycles, state);
	if (pause === null) {
		const refusal = {
			code: 'noCycle',
			message: 'The end of the pause cannot be computed: Nexudus shows no renewal date or period',
			description: "Enter the period under 'From' and 'Until'.",
		};
		return { known: false, reason: { code: 'rules', refusals: [refusal] }, waited: 0 };
	}
	return given({ from: pause.pausedFromUtc, until: pause.pausedUntilUtc });
}

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { textHash } from '../../../guarded-change/planId';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { contractIdField, parseContractId } from '../contractId';
import { NEXUDUS_LIMITS } from '../limits';
import { contractState } from '../pauseState';
import { asOutput, local, oneRecord } from '../vendorRecord';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage(
		'getPauseMeta',
		'Reads whether a contract can be paused, for how long, and the terms to accept.',
		'contract-pause-meta',
	),
	contractIdField(showFor('getPauseMeta')),
	requestSettingsField(NEXUDUS_LIMITS, false, showFor('getPauseMeta')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { readForEachItem } = await import('../contractOperations');
	const { answeredAt, readWell } = await import('../../../guarded-change/readWell');
	return await readForEachItem(context, {
		parameters: (item) => ({
			contractId: parseContractId(context.getNodeParameter('contractId', item)),
		}),
		contractId: ({ contractId }) => contractId,
		read: async ({ contractId }, { api, tools }) => {
			const read = await readWell(api.pauseMeta(contractId), tools);
			if (!read.known) return read;
			const meta = oneRecord(read.value.body) ?? {};
			const now = answeredAt(read.value, tools);
			const { pause, cyclesLimit, yearlyLimit, pausesUsed, terms } = contractState(
				{ contract: null, meta },
				now,
			);
			return {
				...read,
				value: [
					{
						contractId,
						canBePaused: pause.canBePaused,
						state: pause.state,
						pausedFromUtc: pause.pausedFromUtc,
						pausedUntilUtc: pause.pausedUntilUtc,
						pauseCyclesLimit: cyclesLimit,
						pauseYearlyLimit: yearlyLimit,
						pausesUsed,
						renewalLocal: local(meta.RenewalDate),
						termsAndConditions: terms,
						termsSha256: textHash(terms),
						raw: asOutput(meta),
					},
				],
			};
		},
	});
}

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { isSimplified, simplifyField } from '../../../n8n/simplify';
import { contractIdField, parseContractId } from '../contractId';
import { contractView } from '../contractView';
import { NEXUDUS_LIMITS } from '../limits';
import { asOutput, oneRecord } from '../vendorRecord';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage('get', 'Reads one contract with its pause.', 'contract-details'),
	contractIdField(showFor('get')),
	simplifyField(showFor('get')),
	requestSettingsField(NEXUDUS_LIMITS, false, showFor('get')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { readForEachItem } = await import('../contractOperations');
	const { answeredAt, readWell } = await import('../../../guarded-change/readWell');
	return await readForEachItem(context, {
		parameters: (item) => ({
			contractId: parseContractId(context.getNodeParameter('contractId', item)),
			simplify: isSimplified(context, item),
		}),
		contractId: ({ contractId }) => contractId,
		read: async ({ contractId, simplify }, { api, tools }) => {
			const read = await readWell(api.contract(contractId), tools);
			if (!read.known) return read;
			const record = oneRecord(read.value.body) ?? {};
			const now = answeredAt(read.value, tools);
			return { ...read, value: [simplify ? contractView(record, now) : asOutput(record)] };
		},
	});
}

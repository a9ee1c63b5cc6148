import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { isSimplified, simplifyField } from '../../../n8n/simplify';
import { NEXUDUS_LIMITS } from '../limits';
import { asOutput } from '../vendorRecord';
import { parsePeriodId, pausePeriodIdField } from './fields';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage('get', 'Reads one pause period.', 'get-contractpausedperiods-by-id'),
	pausePeriodIdField(showFor('get')),
	simplifyField(showFor('get')),
	requestSettingsField(NEXUDUS_LIMITS, false, showFor('get')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { readForOperator } = await import('../operator/readForOperator');
	const { readAdminRecord } = await import('../operator/readAdminRecords');
	const { pausePeriod } = await import('./periodState');
	const { periodView } = await import('./periodView');
	const { periodRefusal } = await import('./periodRefusals');
	return await readForOperator(context, {
		parameters: (item) => ({
			pausePeriodId: parsePeriodId(context.getNodeParameter('pausePeriodId', item)),
			simplify: isSimplified(context, item),
		}),
		ids: (wanted) => ({ pausePeriodId: wanted?.pausePeriodId ?? null }),
		read: async ({ pausePeriodId, simplify }, { api, tools }) => {
			const read = await readAdminRecord(api.period(pausePeriodId), pausePeriodId, tools);
			if (!read.known) return read;
			const { record, now } = read.value;
			if (record === null) {
				const refusals = [periodRefusal.periodUnknown(pausePeriodId)];
				return { known: false, reason: { code: 'rules', refusals }, waited: read.waited };
			}
			const json = simplify ? periodView(pausePeriod(record, null), now) : asOutput(record);
			return { ...read, value: [json] };
		},
	});
}

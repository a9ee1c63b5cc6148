import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { contractOperations } from './contract/contract.resource';
import { searchContracts } from './searchContracts';
import { CREDENTIAL } from './session';

/** Pauses and resumes plan contracts of a customer of a Nexudus space. */
export class Nexudus implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Nexudus',
		name: 'nexudus',
		icon: { light: 'file:nexudus.svg', dark: 'file:nexudus.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Pause and resume plan contracts of coworking members, safely',
		defaults: { name: 'Nexudus' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		hints: [
			{
				message:
					"'Retry On Fail' can stay off: the node retries by itself where that is safe, and reads before it writes.",
				type: 'info',
				location: 'inputPane',
				whenToDisplay: 'beforeExecution',
				displayCondition: '={{ ["pause", "resume"].includes($parameter["operation"]) }}',
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'contract',
				options: [{ name: 'Contract', value: 'contract' }],
			},
			...contractOperations.properties,
		],
	};

	methods = { listSearch: { searchContracts } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0);
		return [await contractOperations.execute(this, operation)];
	}
}

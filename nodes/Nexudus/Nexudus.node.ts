import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { changeHints } from '../../n8n/changeHints';
import { actAsField, credentials } from './actAs';
import { contractOperations } from './contract/contract.resource';
import { pausePeriodOperations } from './pausePeriod/pausePeriod.resource';

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
		credentials,
		hints: changeHints(['pause', 'resume', 'create', 'update', 'delete']),
		properties: [
			actAsField,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'contract',
				options: [
					{ name: 'Contract', value: 'contract' },
					{
						name: 'Pause Period',
						value: 'pausePeriod',
						displayOptions: { show: { actAs: ['operator'] } },
					},
				],
			},
			...contractOperations.properties,
			...pausePeriodOperations.properties,
		],
	};

	methods = {
		listSearch: {
			async searchAllContracts(this: ILoadOptionsFunctions, filter?: string, page?: string) {
				const { searchAllContracts } = await import('./searchAllContracts');
				return await searchAllContracts.call(this, filter, page);
			},
			async searchCoworkers(this: ILoadOptionsFunctions, filter?: string, page?: string) {
				const { searchCoworkers } = await import('./searchCoworkers');
				return await searchCoworkers.call(this, filter, page);
			},
			async searchContracts(this: ILoadOptionsFunctions, filter?: string) {
				// Loaded when it runs, as the operations are.
				const { searchContracts } = await import('./searchContracts');
				return await searchContracts.call(this, filter);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		// A field that the form does not show has no value.
		const operation = this.getNodeParameter('operation', 0, '') as string;
		const { execute } = resource === 'pausePeriod' ? pausePeriodOperations : contractOperations;
		return [await execute(this, operation)];
	}
}

import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { actAsField, actAsOf, credentials } from '../Nexudus/actAs';
import { fields } from './parameters';

/** Starts a workflow when a pause is set, begins, changes, nears its end or is over. */
export class NexudusTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Nexudus Trigger',
		name: 'nexudusTrigger',
		icon: { light: 'file:../Nexudus/nexudus.svg', dark: 'file:../Nexudus/nexudus.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when a plan contract is paused or resumed in Nexudus',
		defaults: { name: 'Nexudus Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [actAsField, ...fields],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		// Loaded when it runs: n8n loads every node at its start, for the form alone.
		const { poll } = await import('./poll');
		const { customerSource } = await import('./customerSource');
		const { operatorSource } = await import('./operatorSource');
		const asOperator = actAsOf(this.getNodeParameter('actAs', 'customer')) === 'operator';
		return await poll(this, asOperator ? operatorSource : customerSource);
	}
}

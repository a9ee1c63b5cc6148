import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** The switch that every operation that changes something has. */
export function dryRunField(displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to do everything but the write: the output shows what would happen, why not, and the exact request',
		hint: "When off, 'Execute step' writes for real",
		displayOptions,
	};
}

/**
 * The collection `options`: what the change means. `own` are the operation's own entries.
 * @param recorded says where reason and name go besides the audit record
 */
export function optionsField(
	displayOptions: IDisplayOptions,
	vendor: string,
	own: INodeProperties | INodeProperties[],
	recorded = `It is not sent to ${vendor}.`,
): INodeProperties {
	const entries: INodeProperties[] = [
		{
			displayName: 'Allow Tool to Write Without Plan',
			name: 'toolMayWriteWithoutPlan',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description:
				'Whether an AI agent that uses this node as a tool may write without having shown its plan first. Only a fixed value counts, so that the model cannot decide it.',
		},
		{
			displayName: 'Expected Plan ID',
			name: 'expectedPlanId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3f9a1c22b7e0-0a1b2c3d4e5f60718293',
			description:
				'Plan ID of an earlier dry run. The write happens only if the plan made now is the same; else nothing is sent, and the error says what changed.',
		},
		...[own].flat(),
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Parental leave',
			description: `Why the change is made, for the audit record in the output. ${recorded}`,
		},
		{
			displayName: 'Requested By',
			name: 'requestedBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. Maria, by web form',
			description: `Who asked for the change, for the audit record in the output. ${recorded}`,
		},
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		description: 'What the change means, and what is recorded of it',
		// n8n wants them by name.
		options: entries.sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
		displayOptions,
	};
}

export const IF_NOT_PAUSED = ['unchanged', 'fail'] as const;

/** What to do where there is nothing to resume: an option of a resume, see `optionsField`. */
export function ifNotPausedOption(thing: string, description: string): INodeProperties {
	return {
		displayName: 'If Not Paused',
		name: 'ifNotPaused',
		type: 'options',
		default: 'unchanged',
		options: [
			{
				name: 'Succeed',
				value: 'unchanged',
				description: 'There is nothing to resume, so nothing is sent',
			},
			{
				name: 'Fail',
				value: 'fail',
				description: `Treat a ${thing} that is not paused as a failure`,
			},
		],
		description,
	};
}

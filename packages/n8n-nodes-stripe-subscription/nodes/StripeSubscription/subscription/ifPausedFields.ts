import type { INodeProperties } from 'n8n-workflow';
import { ifNotPausedOption } from '../../../../../n8n/changeFields';

/** What to do where there is nothing to pause. */
export function ifAlreadyPausedField(whatCounts: string): INodeProperties {
	return {
		displayName: 'If Already Paused',
		name: 'ifAlreadyPaused',
		type: 'options',
		default: 'unchanged',
		options: [
			{ name: 'Succeed if It Is the Pause Asked For', value: 'unchanged', description: whatCounts },
			{ name: 'Succeed With Any Pause', value: 'accept', description: 'However it is paused' },
			{ name: 'Fail', value: 'fail', description: 'Treat every existing pause as a failure' },
		],
		description: 'What to do when it is paused already',
	};
}

/** What to do where there is nothing to resume. */
export const ifNotPausedField = ifNotPausedOption(
	'subscription',
	'What to do when it is not paused',
);

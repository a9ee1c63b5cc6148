import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import type { Reason } from '../../guarded-change/change';
import { readFailure } from '../../n8n/failureText';
import { isAboutIdentity } from '../../n8n/identity';
import type { PauseSource, Sighting } from './pauseSource';

/** How often an execution that failed is made for the same contract, ms. */
const TOLD_AGAIN_AFTER = 86_400_000;

/** A poll that could not read: nothing is forgotten. */
export async function failed(
	context: IPollFunctions,
	source: PauseSource,
	reason: Reason,
): Promise<NodeOperationError> {
	return await readError(context, source, reason, {
		before: '',
		after: 'Nothing is lost: the next poll goes on from the one before.',
	});
}

/**
 * What could not be read is kept as it was, but not in silence: n8n makes an execution that failed
 * of it (and runs the error workflow), while this poll goes on with all others.
 *
 * @param told when each was told in this process; kept up to date here
 */
export async function tellUnread(
	context: IPollFunctions,
	source: PauseSource,
	{ unread, unreadPeriods }: Sighting,
	told: Map<string, number>,
): Promise<void> {
	const all = [
		...[...unread].map(([id, { reason }]) => [`Contract ${id}`, reason] as const),
		...[...unreadPeriods].map(([id, reason]) => [`Pause period ${id}`, reason] as const),
	];
	const names = new Set<string>(all.map(([name]) => name));
	for (const name of told.keys()) if (!names.has(name)) told.delete(name);
	const now = Date.now();
	const due = all.filter(([name]) => (told.get(name) ?? -Infinity) + TOLD_AGAIN_AFTER <= now);
	const [first] = due;
	if (first === undefined) return;
	for (const [name] of due) told.set(name, now);
	const [name, reason] = first;
	const more = due.length > 1 ? ` (and ${due.length - 1} more)` : '';
	const error = await readError(context, source, reason, {
		before: `${name}${more}: `,
		after:
			'The trigger goes on with all others. What happens here meanwhile is told when it can be read again. While it cannot, this is said once a day.',
	});
	context.__emitError(error);
}

/** Static data that somebody has changed: what is not understood has to begin anew. */
export function tellDamaged(context: IPollFunctions): void {
	context.__emitError(
		new NodeOperationError(
			context.getNode(),
			'What this trigger remembered was changed by somebody else, and cannot be read as a whole',
			{
				description:
					'Static data of this workflow were edited, imported, or written by another version. What could not be read begins with a new baseline: a change since the last good poll may not have been told. Compare with Nexudus once.',
			},
		),
	);
}

async function readError(
	context: IPollFunctions,
	source: PauseSource,
	reason: Reason,
	around: { before: string; after: string },
): Promise<NodeOperationError> {
	const { message, description } = readFailure(source.words, reason);
	const who = isAboutIdentity(reason) ? await source.whoIsSignedIn?.() : undefined;
	return new NodeOperationError(context.getNode(), `${around.before}${message}`, {
		description: [description, who, around.after].filter((part) => part).join(' '),
	});
}

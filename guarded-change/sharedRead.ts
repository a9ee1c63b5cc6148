import type { Read } from './change';
import type { Clock } from './world';

/**
 * A read that others may have begun, or that is over already: of the time it waited for pace and
 * throttle, only what lies after this call is the caller's. Never throws where the read does not.
 */
export async function sharedRead<T>(
	clock: Pick<Clock, 'now'>,
	reading: Promise<Read<T>>,
): Promise<Read<T>> {
	const asked = clock.now();
	const read = await reading;
	return { ...read, waited: Math.min(read.waited, clock.now() - asked) };
}

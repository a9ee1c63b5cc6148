import { step } from './backoff';
import type { Change, Known, Outcome, Reply, Sight, Verdict } from './change';
import type { Course } from './course';

/** Reads after an accepted write, and reads that resolve a doubt, before the engine says what it saw. */
const MOST_READS = 3;

/** The write that is looked for. */
export interface SentNow<S> {
	/** The state that it was sent in. */
	from: S;
	verdict: Verdict;
	/** ms since 1970 */
	sentAt: number;
}

/** The vendor accepted the write: does a read show it? */
export async function verified<C extends Change, S>(
	course: Course<C, S>,
	{ from, verdict, sentAt }: SentNow<S>,
): Promise<Outcome<S>> {
	const proves = () => course.absenceProves(from, verdict, sentAt);
	let after: S | null = null;
	for (let reads = 0; reads < (proves() ? MOST_READS : MOST_READS - 1); reads++) {
		if (!(await mayRead(course, reads))) break;
		const now = await course.read(course.lane.lastWriteAt, 'verify');
		if (!now.known) return course.end('changed', { after });
		after = now.value;
		const sight = seen(course, from, now);
		if (sight === 'there') return course.confirmed(after, sentAt);
		if (sight === 'begun') return course.begun(after, sentAt);
		if (sight === 'differs') return course.contradicted(after, proves());
	}
	return proves() && after !== null
		? course.contradicted(after, true)
		: course.end('changed', { verification: 'notVisible', after });
}

/**
 * A write was given up or not answered as expected: a few reads, spaced out, tell what became of
 * it. Undefined where it is safe to send again. Where the same key replays, one read is enough.
 */
export async function resolved<C extends Change, S>(
	course: Course<C, S>,
	{ from, verdict, sentAt }: SentNow<S>,
	reply: Reply,
): Promise<Outcome<S> | undefined> {
	const { replays } = course.tools.system;
	let after: S | null = null;
	let reads = 0;
	let sawOther = false;
	let shown = false;
	for (; reads < (replays ? 1 : MOST_READS); reads++) {
		if (!(await mayRead(course, reads))) break;
		const now = await course.read(course.lane.lastWriteAt, 'verify');
		shown = now.known;
		if (!now.known) continue;
		after = now.value;
		const sight = seen(course, from, now);
		if (sight === 'there') return course.confirmed(after, sentAt);
		if (sight === 'begun') return course.begun(after, sentAt);
		sawOther = sight === 'differs';
	}
	if (replays && !sawOther) {
		course.keptError = course.isStored(reply);
		if (shown && course.keptError) course.startAfresh();
		return undefined;
	}
	if (shown && !sawOther && course.absenceProves(from, verdict, sentAt)) {
		course.traces.forgetOwn();
		if (verdict.finished === true) course.traces.forgetRequest();
		return undefined;
	}
	return course.end('unknown', { after, reason: { code: 'ambiguous', reply, reads, sawOther } });
}

/** The answer was "done", to an earlier request: does a read show that it is done no more? */
export async function isUndone<C extends Change, S>(
	course: Course<C, S>,
	from: S,
): Promise<boolean> {
	const now = await course.read(course.lane.lastWriteAt, 'verify');
	return now.known && course.tools.system.sees(course.change, from, now.value) === 'absent';
}

/** Waits before every read but the first; false where the deadline would pass meanwhile. */
async function mayRead<C extends Change, S>(
	{ watch, tools }: Course<C, S>,
	reads: number,
): Promise<boolean> {
	if (reads === 0) return true;
	const wait = step(reads, tools.settings);
	if (watch.passes(tools.settings.deadline, wait)) return false;
	await tools.run.clock.sleep(wait);
	return true;
}

function seen<C extends Change, S>(
	{ change, lane, tools }: Course<C, S>,
	from: S,
	{ value: after, askedAt }: Known<S>,
): Sight {
	const sight = tools.system.sees(change, from, after);
	// Where it decides nothing, a later read must be a later request.
	if (sight === 'absent' || sight === 'differs') lane.lastWriteAt = tools.run.clock.now();
	// A list may lag: what others have read before this read shows less than is known now.
	else lane.lastWriteAt = Math.max(lane.lastWriteAt, askedAt);
	return sight;
}

import type { IDataObject } from 'n8n-workflow';
import type { Change, HttpRequest, Outcome } from '../guarded-change/change';
import type { ExecutionAudit } from './audit';
import { changeFailure, type Subject, type VendorWords } from './failureText';
import type { ItemError } from './failedItem';

/** Who asked for a change, and why: for the audit record. */
export interface Asked {
	requestedBy: string | null;
	reason: string | null;
}

/** How one system shows its changes and states. Pure functions. */
export interface Presentation<C extends Change, S> {
	/** Name of the system in the output, such as `nexudus`. */
	system: string;
	words: VendorWords;
	subject(change: C): Subject;
	/** Further names of the thing changed, such as `{ contractId: 700100 }`; some are known afterwards only. */
	ids(change: C, outcome: Outcome<S>): IDataObject;
	/** Name of the operation as the form has it. */
	operation(change: C): string;
	/** The one write that the change is, as it goes out, without any secret. */
	request(change: C, before: S | null): HttpRequest;
	/** The body as the output shows it. */
	body(request: HttpRequest): IDataObject;
	state(state: S): IDataObject;
	/** Is what the last read shows what was asked for? Null where it cannot be compared. */
	sameAsAsked(change: C, outcome: Outcome<S>): boolean | null;
	/** Dates to expect of a change that is only planned, marked as inferred. */
	expectedDates(change: C, before: S): IDataObject | null;
	/** What the audit record holds beyond who, when and why. */
	audit(change: C, outcome: Outcome<S>): IDataObject;
	/** What the vendor's state says that happens next, if anything. */
	hint?(change: C, outcome: Outcome<S>): string | undefined;
	/** What a failure leaves to be known of the state it was met in, if anything. */
	failureNote?(change: C, outcome: Outcome<S>): string | undefined;
}

export interface OutputContext<C extends Change, S> {
	change: C;
	asked: Asked;
	execution: ExecutionAudit;
	/** ISO 8601 UTC */
	at: string;
	show: Presentation<C, S>;
}

const FAILED: ReadonlyArray<Outcome<unknown>['outcome']> = [
	'refused',
	'unknown',
	'notTried',
	'failed',
];

/** Does the outcome go out as a failure? Pure. */
export function hasFailed(outcome: Outcome<unknown>): boolean {
	return FAILED.includes(outcome.outcome);
}

/** The output of a change. An interface for ever: fields may be added, never changed. Pure. */
export function changeOutput<C extends Change, S>(
	outcome: Outcome<S>,
	context: OutputContext<C, S>,
): IDataObject {
	const { change, show } = context;
	const request = show.request(change, outcome.before);
	const hint =
		outcome.hint ?? show.hint?.(change, outcome) ?? unverifiedHint(outcome, show.words.vendor);
	return {
		system: show.system,
		id: change.id,
		...show.ids(change, outcome),
		operation: show.operation(change),
		outcome: outcome.outcome,
		changed: outcome.outcome === 'changed',
		verified: outcome.verification === 'confirmed',
		verification: outcome.verification,
		sameAsAsked: outcome.sameAsAsked ?? show.sameAsAsked(change, outcome),
		...(hint !== undefined && { hint }),
		...(outcome.outcome === 'planned' && plannedOutput(outcome, context)),
		...(outcome.plan && { planId: outcome.plan.planId }),
		attempts: outcome.attempts.length,
		request: { method: request.method, url: request.url, body: show.body(request) },
		// Late, because the vendor's own records in them fill the screen.
		after: outcome.after === null ? null : show.state(outcome.after),
		before: outcome.before === null ? null : show.state(outcome.before),
		audit: auditOutput(outcome, context),
	};
}

function unverifiedHint(outcome: Outcome<unknown>, vendor: string): string | undefined {
	if (outcome.outcome !== 'changed' && outcome.outcome !== 'unchanged') return undefined;
	if (outcome.verification === 'notRead') {
		return `${vendor} accepted the change, but it could not be read afterwards. Read it later to see it.`;
	}
	if (outcome.verification === 'notVisible') {
		return outcome.outcome === 'changed'
			? `${vendor} accepted the change, but does not show it yet. Whether it shows a change that begins later is not documented.`
			: `The same change was sent before and accepted, and ${vendor} does not show it yet. It was not sent again.`;
	}
	return undefined;
}

function plannedOutput<C extends Change, S>(
	outcome: Outcome<S>,
	{ change, show }: OutputContext<C, S>,
): IDataObject {
	const { plan, before } = outcome;
	const stated = plan?.do === 'refuse' ? plan.refusals : [];
	const refusals =
		plan?.do === 'refuse' && stated.length === 0
			? [changeFailure(show.words, show.subject(change), { ...outcome, outcome: 'refused' })]
			: stated;
	return {
		wouldDo: plan?.do ?? 'refuse',
		refusals: refusals.map(({ code, message, description }) => ({ code, message, description })),
		expectedDates: before === null ? null : show.expectedDates(change, before),
	};
}

/** The error of an item that was not changed. Pure. */
export function changeError<C extends Change, S>(
	outcome: Outcome<S>,
	context: OutputContext<C, S>,
): ItemError & IDataObject {
	const { change, show } = context;
	const text = changeFailure(show.words, show.subject(change), outcome);
	return {
		message: text.message,
		description: [text.description, show.failureNote?.(change, outcome)]
			.filter((part) => part)
			.join(' '),
		code: text.code,
		outcome: outcome.outcome as ItemError['outcome'],
		...show.ids(change, outcome),
		before: outcome.before === null ? null : show.state(outcome.before),
		after: outcome.after === null ? null : show.state(outcome.after),
		attempts: outcome.attempts.length,
		audit: auditOutput(outcome, context),
	};
}

/** When, which execution, who, why, and every write request that left. */
function auditOutput<C extends Change, S>(
	outcome: Outcome<S>,
	{ change, asked, execution, at, show }: OutputContext<C, S>,
): IDataObject {
	return {
		at,
		...execution,
		...asked,
		...show.audit(change, outcome),
		attempts: outcome.attempts.map((attempt) => ({ ...attempt })),
	};
}

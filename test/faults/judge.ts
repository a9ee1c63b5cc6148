import type { IDataObject } from 'n8n-workflow';
import type { ContractView } from '../../sandbox/vendor/contract';
import type { CommittedWrite } from '../../sandbox/vendor/world';
import type { RequestEntry } from '../../sandbox/wire/requestLog';
import type { Delivery, Target } from './delivery';
import { CYCLES, isOfPeriod, mayRepeat, PAUSED_BEFORE, type FaultCase } from './faultCase';
import { isNamed, isSo, isThere, overlaps, unnamedChanges } from './periodTruths';
import { readReports, type Report, type Reports } from './reports';
import { subjectOf } from './subjectOf';

/** What is wrong with a case; all empty is a pass. */
export interface Verdict {
	doubleEffects: string[];
	wrongReports: string[];
	lostItems: string[];
	/** What a write has changed that its call did not name. */
	lostFields: string[];
	/**
	 * Of a write that was repeated because nobody could know of the first: it changed nothing at the
	 * vendor.
	 */
	repeatedWithoutEffect: string[];
	/** What another hand has changed between read and write, and a whole record has put back. */
	overwritten: string[];
}

/**
 * Judges a case by what the stand-in holds, not by what the node thinks.
 * @param committed every write that the stand-in carried out, late ones included
 * @param final what is true of each contract in the end
 */
export function judge(
	faultCase: FaultCase,
	deliveries: readonly Delivery[],
	committed: readonly CommittedWrite[],
	final: readonly ContractView[],
): Verdict {
	const read = deliveries.map((delivery) => ({ delivery, ...readReports(delivery) }));
	return {
		...effects(faultCase, read, committed, final),
		...sideEffects(faultCase, committed),
		wrongReports: read.flatMap(({ delivery, reports }) =>
			reports.flatMap((report) => wrongClaims(faultCase, delivery, report)),
		),
		lostItems: read.flatMap(({ delivery, lost }) =>
			lost.map((what) => `${delivery.name}: ${what}`),
		),
	};
}

interface Read extends Reports {
	delivery: Delivery;
}

/** All calls of a case ask for one change per contract, so there is one effect at the most. */
function effects(
	faultCase: FaultCase,
	read: readonly Read[],
	committed: readonly CommittedWrite[],
	final: readonly ContractView[],
): Pick<Verdict, 'doubleEffects' | 'repeatedWithoutEffect'> {
	const { fault, operation } = faultCase;
	const doubleEffects: string[] = [];
	const repeatedWithoutEffect: string[] = [];
	for (const view of final) {
		const { id, pausedCycles } = view;
		let own = committed.filter(({ contractId }) => contractId === id);
		if (mayRepeat(faultCase)) {
			const repeated = own.slice(1).filter(({ changedSomething }) => !changedSomething);
			own = own.filter((write) => !repeated.includes(write));
			for (const { request } of repeated) {
				repeatedWithoutEffect.push(`contract ${id}: request ${request} changed nothing`);
			}
		}
		const most = fault.undone && isAskedAgain(id, read) ? 2 : 1;
		if (own.length > most) {
			doubleEffects.push(`contract ${id}: ${own.length} writes took effect`);
		} else if (operation === 'pause' && !fault.hand && pausedCycles > CYCLES) {
			doubleEffects.push(`contract ${id}: paused for ${pausedCycles} cycles`);
		} else if (isOfPeriod(operation) && !fault.hand) {
			doubleEffects.push(...overlaps(view).map((two) => `contract ${id}: paused ${two}`));
		}
	}
	return { doubleEffects, repeatedWithoutEffect };
}

/** A change of a pause period leaves what it does not name. */
function sideEffects(
	{ fault, operation }: FaultCase,
	committed: readonly CommittedWrite[],
): Pick<Verdict, 'lostFields' | 'overwritten'> {
	const changed = isOfPeriod(operation) ? committed.flatMap(unnamedChanges) : [];
	return fault.overwrites
		? { lostFields: [], overwritten: changed }
		: { lostFields: changed, overwritten: [] };
}

/** The second effect is of a call that follows a report of the contradiction, and of no other. */
function isAskedAgain(contractId: number, read: readonly Read[]): boolean {
	const named = read.findIndex(({ reports }) =>
		reports.some((report) => report.contractId === contractId && isContradiction(report)),
	);
	const until = read.slice(0, named + 1).flatMap(({ delivery }) => delivery.committed);
	return until.filter((write) => write.contractId === contractId).length === 1;
}

/** The report names the contradiction: accepted, and yet something else is so. */
function isContradiction({ outcome, json }: Report): boolean {
	return outcome === 'contradicted' || (outcome === 'failed' && json?.code === 'contradicted');
}

interface Facts {
	faultCase: FaultCase;
	target: Target;
	/** What was true at some moment of the call. */
	truths: readonly ContractView[];
	writes: readonly RequestEntry[];
	committed: readonly CommittedWrite[];
	earlier: readonly RequestEntry[];
}

function wrongClaims(faultCase: FaultCase, delivery: Delivery, report: Report): string[] {
	const { contractId } = report;
	const target = delivery.asked.find((one) => one.contractId === contractId);
	// What was said of no thing that the call is about counts as a lost item.
	if (target === undefined) return [];
	const subject = subjectOf(faultCase);
	const about = (entry: RequestEntry) => subject.isAbout(entry, target);
	const facts: Facts = {
		faultCase,
		target,
		truths: delivery.truths.get(contractId) ?? [],
		writes: delivery.writes.filter(about),
		committed: delivery.committed.filter((write) => write.contractId === contractId),
		earlier: delivery.earlier.filter(about),
	};
	const { json } = report;
	const wrong = [
		...claims(report, facts),
		...(json
			? [...dateClaims(json, facts), ...countClaims(json, facts), ...idClaims(json, facts)]
			: []),
	];
	return wrong.map(
		(what) => `${delivery.name}: contract ${contractId} reported ${report.outcome}, but ${what}`,
	);
}

/** What each outcome says, and which of it does not hold. */
function claims(report: Report, facts: Facts): string[] {
	const { json, outcome } = report;
	const { faultCase, writes, committed, earlier } = facts;
	const nothingDone = committed.length > 0 ? ['a write of this call took effect'] : [];
	const contradicted = accepted(writes) ? [] : ['it was not accepted'];
	switch (outcome) {
		case 'changed':
			if (!json) return committed.length === 0 ? ['no write of this call took effect'] : [];
			if (json.verification === 'confirmed') {
				// A lost reply and another hand at the same moment look like one's own effect.
				const ours = committed.length > 0 || (faultCase.fault.hand && writes.length > 0);
				return [
					...(ours ? [] : ['no write of this call took effect']),
					...(isShown(facts) ? [] : ['it is not so, or does not show']),
				];
			}
			return accepted(writes) || committed.length > 0 ? [] : ['it was not accepted'];
		case 'unchanged':
			if (!json) return nothingDone;
			return [...nothingDone, ...unchangedClaims(json, facts)];
		case 'refused':
		case 'nothing':
			return nothingDone;
		case 'failed':
			return json?.code === 'contradicted' ? contradicted : nothingDone;
		case 'contradicted':
			return contradicted;
		case 'unknown':
			// Claims nothing, but a doubt needs a write that left.
			return writes.length + earlier.length > 0 ? [] : ['no write has left'];
		case 'notTried':
			return writes.length > 0 ? ['a write has left'] : [];
		default:
			return ['there is no such outcome'];
	}
}

function unchangedClaims(json: IDataObject, facts: Facts): string[] {
	if (json.verification === 'confirmed') {
		return isShown(facts) || isOtherwisePaused(json, facts)
			? []
			: ['it is not so, or does not show'];
	}
	const { fault, operation, reading } = facts.faultCase;
	if (facts.earlier.some(isAccepted)) return [];
	if (isOfPeriod(operation)) return fault.conceals || isShown(facts) ? [] : ['it is not so'];
	const shows = facts.truths.some(({ state }) => !isVisible(state, reading));
	return operation !== 'pause' && shows ? [] : ['nothing was accepted before'];
}

/** Success with a pause that cannot be compared says so by `sameAsAsked: null`. */
function isOtherwisePaused({ sameAsAsked }: IDataObject, { faultCase, truths }: Facts): boolean {
	if (faultCase.operation !== 'pause' || sameAsAsked !== null) return false;
	return truths.some(({ state }) => state !== 'none');
}

/** Was the change there, and to be seen, at some moment of the call? */
function isShown({ faultCase, target, truths }: Facts): boolean {
	const { operation, reading } = faultCase;
	if (isOfPeriod(operation)) return truths.some((truth) => isThere(operation, truth, target));
	return truths.some(({ state, pausedCycles }) => {
		switch (operation) {
			case 'pause':
				return isVisible(state, reading) && pausedCycles === CYCLES;
			case 'resumeNow':
				return state === 'none';
			case 'resumeAtEnd':
				return state === 'none' || pausedCycles < PAUSED_BEFORE;
		}
	});
}

function isVisible(state: ContractView['state'], reading: FaultCase['reading']): boolean {
	return state === 'active' || (state === 'scheduled' && reading.scheduledPause === 'visible');
}

const accepted = (writes: readonly RequestEntry[]) => writes.some(isAccepted);

/** The vendor has answered that it did it, or did it. */
function isAccepted({ status, fault, committed }: RequestEntry): boolean {
	if (committed) return true;
	const foreign = fault === 'html' || fault === 'wasSuccessfulFalse' || fault === 'badJson';
	return status !== null && status >= 200 && status < 300 && !foreign;
}

/** "before" and "after" must have been true at some moment of the call, as far as they show. */
function dateClaims(json: IDataObject, { faultCase, target, truths }: Facts): string[] {
	const { fault, operation } = faultCase;
	return ['before', 'after'].flatMap((name) => {
		const told = json[name] as IDataObject | null | undefined;
		if (!told) return [];
		const holds = truths.some((truth) => {
			if (isOfPeriod(operation)) {
				if (fault.conceals && told.pausePeriodId === null) return true;
				return isSo(operation, told, truth, target);
			}
			if (!isVisible(truth.state, faultCase.reading)) return told.state === 'none';
			return (
				told.state === truth.state &&
				sameTime(told.pausedFromUtc, truth.from) &&
				sameTime(told.pausedUntilUtc, truth.until)
			);
		});
		return holds ? [] : [`"${name}" was never so: ${JSON.stringify(told).slice(0, 120)}`];
	});
}

function sameTime(told: unknown, truth: string | null): boolean {
	if (truth === null || typeof told !== 'string') return told === truth;
	return Date.parse(told) === Date.parse(truth);
}

/** A creation names the pause period that it has made; where it has made none, one of these days. */
function idClaims(json: IDataObject, { faultCase, target, truths, committed }: Facts): string[] {
	const { operation } = faultCase;
	const named = json.pausePeriodId;
	if (operation !== 'createPeriod' || typeof named !== 'number') return [];
	const holds =
		committed.length > 0
			? committed.some(
					({ pausePeriodId: made }) => made === named || String(json.hint).includes(`${made}`),
				)
			: truths.some((truth) => isNamed(truth, named, target));
	return holds ? [] : [`pause period ${named} is another one`];
}

/** Flags agree with the outcome, and every write that arrived is in the audit. */
function countClaims(json: IDataObject, { writes }: Facts): string[] {
	const audit = json.audit as { attempts?: Array<{ class: string }> } | undefined;
	if (audit?.attempts === undefined) return [];
	const left = audit.attempts.filter(({ class: name }) => !NEVER_LEFT.includes(name)).length;
	return [
		...(left === writes.length ? [] : [`${writes.length} writes arrived, and it tells of ${left}`]),
		...(json.attempts === audit.attempts.length
			? []
			: ['"attempts" is not the number of attempts']),
		...('changed' in json && json.changed !== (json.outcome === 'changed')
			? ['"changed" says something else']
			: []),
		...('verified' in json && json.verified !== (json.verification === 'confirmed')
			? ['"verified" says something else']
			: []),
	];
}

const NEVER_LEFT = ['neverSent', 'noSession'];

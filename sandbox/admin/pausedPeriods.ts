import { confirmation, json, type Answer } from '../vendor/answer';
import { cycleIndex, cycleStart } from '../vendor/billingCycle';
import {
	viewOf,
	zoneOf,
	type Contract,
	type PauseDays,
	type PausePeriod,
} from '../vendor/contract';
import { localDate, startOfDay, utcText, type LocalDate } from '../vendor/location';
import { inOrder } from '../vendor/pauseRules';
import type { PeriodOperation, World } from '../vendor/world';
import { periodId } from './adminRecords';

/** One property that the vendor does not take: developers.nexudus.com put-contractpausedperiods [D]. */
interface PropertyError {
	PropertyName: string;
	Message: string;
	AttemptedValue: unknown;
}

interface Found {
	contract: Contract;
	period: PausePeriod;
}

export function findPeriod(world: World, id: number): Found | undefined {
	for (const contract of world.contracts.values()) {
		for (const period of contract.pauses) {
			if (periodId(world, period) === id) return { contract, period };
		}
	}
	return undefined;
}

/** `POST`: CoworkerContractId, PauseFrom and PauseUntil are required [D]. */
export function createPeriod(world: World, request: number, body: Body): Answer {
	const checked = check(world, body);
	if ('errors' in checked) return refused(checked.errors);
	const { contract, period } = checked;
	return write(world, { request, operation: 'createPeriod' }, contract, { after: period });
}

/** `PUT`: the whole record, and what is left out is cleared [D]. */
export function updatePeriod(world: World, request: number, body: Body): Answer {
	const found = typeof body.Id === 'number' ? findPeriod(world, body.Id) : undefined;
	if (!found) return json(404, { Message: 'ContractPausedPeriod not found.' });
	const checked = check(world, body, found);
	if ('errors' in checked) return refused(checked.errors);
	const { contract } = found;
	const period = { ...checked.period, id: found.period.id };
	const change = { before: found.period, after: period };
	return write(world, { request, operation: 'updatePeriod' }, contract, change);
}

/** `DELETE`: the pause is lifted; what else that does to billing is not documented [?]. */
export function deletePeriod(world: World, request: number, id: number): Answer {
	const found = findPeriod(world, id);
	if (!found) return json(404, { Message: 'ContractPausedPeriod not found.' });
	const { contract, period } = found;
	return write(world, { request, operation: 'deletePeriod' }, contract, { before: period });
}

export type Body = Record<string, unknown>;

const WORDS: Record<PeriodOperation, string> = {
	createPeriod: 'created',
	updatePeriod: 'updated',
	deletePeriod: 'deleted',
};

function write(
	world: World,
	write: { request: number; operation: PeriodOperation },
	contract: Contract,
	change: { before?: PausePeriod; after?: PausePeriod },
): Answer {
	const now = world.clock.now();
	const before = viewOf(contract, now);
	const pausesBefore = JSON.stringify(contract.pauses.map(told));
	const pausePeriodId = periodId(world, (change.after ?? change.before)!);
	const others = contract.pauses.filter((other) => other !== change.before);
	contract.pauses = inOrder(change.after ? [...others, change.after] : others);
	contract.updatedAt = now.getTime();
	world.committed.push({
		at: now.toISOString(),
		...write,
		contractId: contract.id,
		account: contract.account,
		pausePeriodId,
		period: { before: daysOf(change.before), after: daysOf(change.after) },
		before,
		after: viewOf(contract, now),
		changedSomething: JSON.stringify(contract.pauses.map(told)) !== pausesBefore,
	});
	return json(200, {
		...confirmation(`ContractPausedPeriod was successfully ${WORDS[write.operation]}.`),
		Value: { Id: pausePeriodId },
		UpdatedOn: utcText(now.getTime()),
	});
}

function daysOf(period: PausePeriod | undefined): PauseDays | null {
	return period ? { from: period.from, until: period.until } : null;
}

/** What of a period counts as a change; when it was written does not. */
function told({ from, until, notes, instants }: PausePeriod): unknown {
	return [from, until, notes ?? null, instants ?? null];
}

type Checked = { errors: PropertyError[] } | { contract: Contract; period: PausePeriod };

function check(world: World, body: Body, existing?: Found): Checked {
	const { offCycleDates, overlappingPeriods } = world.readings;
	const errors: PropertyError[] = [];
	const error = (PropertyName: string, Message: string) =>
		errors.push({ PropertyName, Message, AttemptedValue: body[PropertyName] ?? null });

	const contract =
		typeof body.CoworkerContractId === 'number'
			? world.contracts.get(body.CoworkerContractId)
			: undefined;
	if (!contract || (existing && contract !== existing.contract)) {
		error('CoworkerContractId', 'is required and must be a contract');
	}
	const from = instantOf(body.PauseFrom);
	const until = instantOf(body.PauseUntil);
	if (from === undefined) error('PauseFrom', 'is required');
	if (until === undefined) error('PauseUntil', 'is required');
	if (!contract || from === undefined || until === undefined) return { errors };

	const days = { from: dayOf(contract, from), until: dayOf(contract, until) };
	const kept: PausePeriod = {
		...days,
		changedAt: world.clock.now().getTime(),
		notes: typeof body.Notes === 'string' ? body.Notes : null,
	};
	for (const [name, instant] of [
		['PauseFrom', from],
		['PauseUntil', until],
	] as const) {
		if (isFirstDay(contract, instant)) continue;
		if (offCycleDates === 'rejected') error(name, 'must be the first day of a billing cycle');
	}
	if (offCycleDates === 'snapped') {
		kept.from = nextFirstDay(contract, days.from);
		kept.until = nextFirstDay(contract, days.until);
	}
	if (offCycleDates === 'accepted') kept.instants = { from, until };
	if (until <= from) error('PauseUntil', 'must be after PauseFrom');
	const overlaps = contract.pauses.some(
		(other) => other !== existing?.period && other.from < kept.until && kept.from < other.until,
	);
	if (overlaps && overlappingPeriods === 'refused') {
		error('PauseFrom', 'overlaps another paused period of the contract');
	}
	return errors.length > 0 ? { errors } : { contract, period: kept };
}

/** An ISO 8601 date; UTC on the wire [D]. */
function instantOf(value: unknown): number | undefined {
	const ms = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(ms) ? undefined : ms;
}

function dayOf(contract: Contract, instant: number): LocalDate {
	return localDate(new Date(instant), zoneOf(contract));
}

function isFirstDay(contract: Contract, instant: number): boolean {
	const day = dayOf(contract, instant);
	return startOfDay(day, zoneOf(contract)) === instant && nextFirstDay(contract, day) === day;
}

/** The day itself where a billing cycle begins on it, else the first day of the next one. */
function nextFirstDay({ startDate, pricePlan }: Contract, day: LocalDate): LocalDate {
	const index = cycleIndex(startDate, pricePlan.cycle, day);
	const start = cycleStart(startDate, pricePlan.cycle, index);
	return start === day ? day : cycleStart(startDate, pricePlan.cycle, index + 1);
}

/** A validation error: `Message` is "PropertyName: error message", one entry per property [D]. */
function refused(errors: PropertyError[]): Answer {
	const [{ PropertyName, Message }] = errors;
	return json(400, {
		...confirmation(`${PropertyName}: ${Message}`, 400, false),
		Errors: errors,
	});
}

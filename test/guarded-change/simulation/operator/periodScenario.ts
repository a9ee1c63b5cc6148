import type { OnOffCycleDate } from '../../../../nodes/Nexudus/pausePeriod/periodChange';
import {
	cycleIndex,
	cycleStart,
	monthly,
	quarterly,
	weekly,
} from '../../../../sandbox/vendor/billingCycle';
import { dayAt } from './days';
import { startOfDay, type LocalDate } from '../../../../sandbox/vendor/location';
import {
	drawExecutions,
	drawFaultRate,
	drawInterruptions,
	drawRestart,
	drawSignIn,
	drawSkews,
	drawSoon,
} from '../drawScenario';

import { Random } from '../random';
import type { Execution, Happening, ScenarioBase } from '../scenarioBase';
import type { PausableContract, Period, PeriodReadings } from './periodVendor';

/** Whether an ask brings a plan id: none, a wrong one, or that of an earlier dry run of the same. */
export type PlanBrought = 'none' | 'wrong' | 'ofDryRun';

interface AnyPeriodAsk {
	dryRun: boolean;
	planRequired: boolean;
	plan: PlanBrought;
	reason: string | null;
	requestedBy: string | null;
	/** IANA name, where the caller gives one. */
	timeZone: string | null;
}

export interface CreateAsk extends AnyPeriodAsk {
	operation: 'create';
	contractId: number;
	from: LocalDate;
	until: LocalDate;
	notes: string | null;
	onOffCycleDate: OnOffCycleDate;
	ifAlreadyPaused: 'unchanged' | 'fail';
}

export interface UpdateAsk extends AnyPeriodAsk {
	operation: 'update';
	pausePeriodId: number;
	from?: LocalDate;
	until?: LocalDate;
	notes?: string | null;
	onOffCycleDate: OnOffCycleDate;
}

export interface DeleteAsk extends AnyPeriodAsk {
	operation: 'delete';
	pausePeriodId: number;
	ifAlreadyDeleted: 'unchanged' | 'fail';
}

/** One change of a pause period that an operator asks for. */
export type PeriodAsk = CreateAsk | UpdateAsk | DeleteAsk;

export interface PeriodScenario extends ScenarioBase<PeriodAsk> {
	readings: PeriodReadings;
	sendsDate: boolean;
	/** Chance that somebody deletes a period, or makes one, between two pages of a list. */
	betweenPages: number;
	contracts: PausableContract[];
	/** The periods that there are, with the ids 3000001, 3000002, … */
	periods: Array<Omit<Period, 'id'>>;
}

const FIRST_PERIOD = 3_000_001;
const FIRST_CONTRACT = 700_100;
const MINUTE = 60_000;
const DAY = 86_400_000;
const ZONES = ['Europe/Madrid', 'Europe/Madrid', 'America/New_York', 'Pacific/Auckland', 'UTC'];
const NOTES = ['Summer break', 'Parental leave', null] as const;

/** The first day of a contract's billing cycle so many cycles after the one that an instant lies in. */
export function firstDay(contract: PausableContract, at: number, cycles: number): LocalDate {
	const { startDate, cycle, zone } = contract;
	const now = cycleIndex(startDate, cycle, dayAt(at, zone));
	return cycleStart(startDate, cycle, now + cycles);
}

/** The scenario of a seed. */
export function periodScenarioOf(seed: number): PeriodScenario {
	const random = new Random(seed);
	const bulk = random.chance(0.005);
	const { start, contracts } = drawContracts(random, bulk);
	const periods = contracts.flatMap((contract) => drawPeriods(random, contract, start));
	// Where somebody is at work while the pages of a list are read, there are pages.
	const torn = random.chance(0.25);
	const readings = drawReadings(random, torn);
	const zoneGiven = readings.zones === 'shown' ? 0.1 : 0.8;
	const asks = asksOf(random, { start, contracts, periods, bulk, zoneGiven });
	const executions = drawExecutions(random, {
		counts: [1, 1, 2, 2, 2, 2, 2, 3],
		tries: [1, 1, 1, 2, 3],
		asks,
	});
	if (random.chance(0.08)) planFirst(random, executions);
	const { calm, faultRate } = drawFaultRate(random);
	return {
		seed,
		start,
		contracts,
		periods,
		executions,
		readings,
		sendsDate: random.chance(0.8),
		betweenPages: torn && !calm ? 0.8 : 0,
		skews: drawSkews(random),
		happenings: calm
			? []
			: [...drawOtherHands(random, contracts), ...drawInterruptions(random, executions)],
		restartAfter: drawRestart(random),
		...drawSignIn(random),
		faultRate,
		script: new Map(),
	};
}

function drawReadings(random: Random, torn: boolean): PeriodReadings {
	const localDates = random.pick(['bare', 'withZ', 'none'] as const);
	const zones = random.pick([
		...Array.from({ length: 9 }, () => 'shown' as const),
		'hidden',
		'forbidden',
		'wrong',
	] as const);
	return {
		rows: random.pick(['full', 'partial', 'keyFields']),
		filters: random.pick(['applied', 'ignored']),
		pageSize: torn ? random.pick([1, 2]) : random.pick([500, 500, 500, 3]),
		sort: random.pick(['oneAscends', 'oneDescends']),
		periodBatch: random.pick(['whole', 'rows', 'unknown']),
		contractBatch: random.pick(['whole', 'whole', 'rows', 'unknown']),
		localDates,
		overlaps: torn ? 'accepted' : random.pick(['refused', 'accepted']),
		listLag: random.pick([0, 0, 0, 0, 2_000, 20_000, 120_000]),
		throttle: random.pick([409, 429]),
		// Without local dates nothing can tell that a zone is wrong.
		zones: zones === 'wrong' && localDates === 'none' ? 'shown' : zones,
	};
}

function drawContracts(random: Random, bulk: boolean) {
	const count = bulk ? random.between(10, 30) : random.pick([1, 1, 1, 1, 2, 2, 4]);
	const zone = random.pick(ZONES);
	const month = random.between(0, 11);
	const startDay = random.pick([1, 1, 10, 15, 28, 31]);
	const anchor = new Date(Date.UTC(2026, month, startDay)).toISOString().slice(0, 10);
	const renewal = startOfDay(anchor, zone);
	// Now and then a billing cycle begins within the history.
	const start = random.chance(0.2)
		? renewal - random.between(2_000, 6 * MINUTE)
		: renewal + random.between(MINUTE * 30, 25 * DAY);
	const contracts = Array.from({ length: count }, (_, i): PausableContract => {
		const cycle = random.pick([monthly, monthly, weekly, quarterly]);
		const location = 4100 + (random.chance(0.8) ? 0 : random.between(1, 3));
		const contract: PausableContract = {
			id: FIRST_CONTRACT + i,
			location,
			zone: location === 4100 ? zone : ZONES[location - 4100],
			cycle,
			startDate: cycleStart(anchor, cycle, -10),
			cancelled: random.chance(0.02),
			active: !random.chance(0.02),
			endsOn: null,
		};
		return random.chance(0.05) ? { ...contract, endsOn: firstDay(contract, start, 2) } : contract;
	});
	return { start, contracts };
}

function drawPeriods(random: Random, contract: PausableContract, start: number) {
	const periods: Array<Omit<Period, 'id'>> = [];
	const instant = (cycles: number) => startOfDay(firstDay(contract, start, cycles), contract.zone);
	let first = random.pick([-3, -1, 0, 1, 1, 2, 2, 3]);
	while (periods.length < 3 && random.chance(periods.length === 0 ? 0.6 : 0.4)) {
		const length = random.between(1, 2);
		periods.push({
			contract: contract.id,
			from: instant(first),
			until: instant(first + length),
			notes: random.pick(NOTES),
			systemId: random.chance(0.7) ? `crm-${random.between(1, 99)}` : null,
		});
		first += length + random.between(0, 2);
	}
	return periods;
}

interface World {
	start: number;
	contracts: PausableContract[];
	periods: Array<Omit<Period, 'id'>>;
	bulk: boolean;
	/** Chance that the caller names the time zone. */
	zoneGiven: number;
}

/** Draws what the items of one execution ask for. */
function asksOf(random: Random, world: World): () => PeriodAsk[] {
	const { contracts, periods, bulk } = world;
	const contractOf = (period: number) =>
		contracts.find(({ id }) => id === periods[period]?.contract) ?? contracts[0];
	return () => {
		const operation = random.pick(['create', 'create', 'update', 'update', 'delete'] as const);
		const [from, length] = [random.pick([1, 1, 2, 3]), random.pick([1, 1, 2])];
		const create = (contract: PausableContract) => {
			const [own, long] = random.chance(0.8) ? [from, length] : [random.between(0, 4), 1];
			return drawCreate(random, world, contract, own, long);
		};
		const change = (i: number, kind: 'update' | 'delete') => {
			const id = FIRST_PERIOD + i;
			return kind === 'delete'
				? drawDelete(random, id)
				: drawUpdate(random, world, contractOf(i), id, from);
		};
		const some = <T>(all: readonly T[]) => all.filter(() => bulk || random.chance(0.8));
		const ids = periods.map((_, i) => i);
		// One that is not there yet, or never will be.
		if (random.chance(0.1)) ids.push(periods.length);
		const asks: PeriodAsk[] =
			operation === 'create'
				? some(contracts).map(create)
				: some(ids).map((i) => change(i, random.chance(0.9) ? operation : 'update'));
		// Several changes of one contract in one run, of one kind or of more.
		while (random.chance(0.3) || asks.length === 0) {
			const mixed = random.pick([operation, operation, 'create', 'update', 'delete'] as const);
			asks.push(
				mixed === 'create' || ids.length === 0
					? create(random.pick(contracts))
					: change(random.pick(ids), mixed),
			);
		}
		if (random.chance(0.01)) asks.push(create({ ...contracts[0], id: 999_999 }));
		return asks;
	};
}

function drawCommon(random: Random, zoneGiven: number, contract?: PausableContract): AnyPeriodAsk {
	return {
		dryRun: random.chance(0.03),
		planRequired: random.chance(0.02),
		plan: random.chance(0.02) ? 'wrong' : 'none',
		reason: random.chance(0.1) ? 'Holidays' : null,
		requestedBy: random.chance(0.1) ? 'Ana' : null,
		timeZone: contract !== undefined && random.chance(zoneGiven) ? contract.zone : null,
	};
}

function drawDay(
	random: Random,
	{ start }: World,
	contract: PausableContract,
	cycles: number,
): LocalDate {
	const day = firstDay(contract, start, cycles);
	if (!random.chance(0.06)) return day;
	return new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}

const drawOffCycle = (random: Random): OnOffCycleDate =>
	random.pick(['refuse', 'nextCycle'] as const);

function drawCreate(
	random: Random,
	world: World,
	contract: PausableContract,
	from: number,
	length: number,
): CreateAsk {
	return {
		...drawCommon(random, world.zoneGiven, contract),
		operation: 'create',
		contractId: contract.id,
		from: drawDay(random, world, contract, from),
		until: drawDay(random, world, contract, from + length),
		notes: random.pick(NOTES),
		onOffCycleDate: drawOffCycle(random),
		ifAlreadyPaused: random.pick(['unchanged', 'unchanged', 'fail'] as const),
	};
}

function drawUpdate(
	random: Random,
	world: World,
	contract: PausableContract,
	pausePeriodId: number,
	near: number,
): UpdateAsk {
	const until = near + random.between(1, 3);
	const names = random.pick(['until', 'until', 'from', 'both', 'notes', 'all'] as const);
	const is = (...of: Array<typeof names>) => of.includes(names);
	return {
		...drawCommon(random, world.zoneGiven, contract),
		operation: 'update',
		pausePeriodId,
		...(is('from', 'both', 'all') && { from: drawDay(random, world, contract, near) }),
		...(is('until', 'both', 'all') && { until: drawDay(random, world, contract, until) }),
		...(is('notes', 'all') && { notes: random.pick([...NOTES, 'Changed']) }),
		onOffCycleDate: drawOffCycle(random),
	};
}

function drawDelete(random: Random, pausePeriodId: number): DeleteAsk {
	return {
		...drawCommon(random, 0),
		operation: 'delete',
		pausePeriodId,
		ifAlreadyDeleted: random.pick(['unchanged', 'unchanged', 'fail'] as const),
	};
}

/** The first execution is a dry run, and the others carry out what it has shown. */
function planFirst(random: Random, executions: Array<Execution<PeriodAsk>>): void {
	const [first] = executions;
	const planRequired = random.chance(0.5);
	const planned = first.asks.map((ask) => ({ ...ask, planRequired: false }));
	first.asks = planned.map((ask) => ({ ...ask, dryRun: true, plan: 'none' }));
	for (const later of executions.slice(1)) {
		later.asks = planned.map((ask) => ({ ...ask, dryRun: false, plan: 'ofDryRun', planRequired }));
	}
}

function drawOtherHands(random: Random, contracts: readonly PausableContract[]): Happening[] {
	const happenings: Happening[] = [];
	while (random.chance(0.15)) {
		// Of a pause period: made, deleted, changed.
		const what = random.pick(['pause', 'resumeNow', 'resumeAtEnd'] as const);
		const thing = random.pick(contracts).id;
		happenings.push({ at: drawSoon(random), what, thing, cycles: random.between(1, 3) });
	}
	if (random.chance(0.15)) happenings.push({ at: drawSoon(random), what: 'expiry' });
	return happenings;
}

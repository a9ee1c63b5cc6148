import { mutant } from '../mutants';
import type { Mutant } from '../simulated';

const RULES = 'nodes/Nexudus/pausePeriod/periodRules.ts';
const SIGHT = 'nodes/Nexudus/pausePeriod/periodSight.ts';
const DAYS = 'nodes/Nexudus/pausePeriod/wantedDays.ts';
const LANES = 'nodes/Nexudus/pausePeriod/periodLanes.ts';
const REQUEST = 'nodes/Nexudus/pausePeriod/periodRequest.ts';
const STATE = 'nodes/Nexudus/pausePeriod/periodState.ts';
const LIST = 'nodes/Nexudus/operator/readAdminList.ts';

/** Found after hundreds of histories. */
const rare = (found: Mutant): Mutant => ({ ...found, rare: true });

export const PERIOD_MUTANTS: readonly Mutant[] = [
	mutant(
		'takes a plan that has changed since the dry run',
		'guarded-change/plan.ts',
		'if (change.expectedPlanId === id) return undefined;',
		'if (change.expectedPlanId !== undefined) return undefined;',
	),
	mutant(
		'changes periods of one contract beside each other',
		LANES,
		'return contractId == null ? undefined : contractLane(change.portal, contractId);',
		'return contractId === undefined ? contractLane(change.portal, 0) : undefined;',
	),
	rare(
		mutant(
			'moves a pause while a write of its contract may still act',
			LANES,
			"if (change.operation === 'delete') return undefined;",
			"if (change.operation !== 'create') return undefined;",
		),
	),
	rare(
		mutant(
			'changes a pause again while an earlier change of it may still act',
			LANES,
			"if (operation !== 'update' || lane === mine) return true;",
			"if (operation !== 'update') return true;\n\t\t\tif (lane === mine) return false;",
		),
	),
	mutant(
		'sends a create again that may still act',
		SIGHT,
		'return verdict.finished === true || sinceSent >= SETTLED_AFTER;',
		'return true;',
	),
	mutant(
		'calls a create contradicted that the list does not show yet',
		SIGHT,
		'return verdict.finished === true || sinceSent >= SETTLED_AFTER;',
		"return verdict.class === 'ok' || verdict.finished === true || sinceSent >= SETTLED_AFTER;",
	),
	mutant(
		'puts only what is named',
		REQUEST,
		'const record = { ...period.raw };',
		'const { Id, CoworkerContractId, PauseFrom, PauseUntil } = period.raw;\n	const record: VendorRecord = { Id, CoworkerContractId, PauseFrom, PauseUntil };',
	),
	mutant(
		'clears notes that are not named',
		'nodes/Nexudus/pausePeriod/notes.ts',
		'change.notes === undefined ? (existing?.notes ?? null) : change.notes;',
		'change.notes ?? null;',
	),
	mutant(
		'puts the row of a batch back, which lacks its notes',
		STATE,
		"return saysEnough(record) && 'Notes' in record;",
		'return saysEnough(record);',
	),
	mutant(
		'leaves the old local date beside a new instant',
		REQUEST,
		"if (typeof local === 'string') {",
		"if (typeof local === 'symbol') {",
	),
	mutant(
		'takes the rows of a batch for whole records',
		'nodes/Nexudus/pausePeriod/periodRows.ts',
		'if (record && isEnough(record)) whole.set',
		'if (record) whole.set',
	),
	mutant(
		'takes the rows of a batch of contracts for whole records',
		'nodes/Nexudus/pausePeriod/contractReads.ts',
		'if (wave.known && wave.value && isWhole)',
		'if (wave.known && wave.value)',
	),
	rare(
		mutant(
			'takes a contract with the time zone that another item has given',
			'nodes/Nexudus/pausePeriod/contractReads.ts',
			"=> `${id} ${timeZone ?? ''}`;",
			'=> `${id}`;',
		),
	),
	rare(
		mutant(
			'reads the first page of a list alone',
			LIST,
			'if (!list.hasNextPage || list.records.length === 0',
			'if (list.records.length >= 0',
		),
	),
	rare(
		mutant(
			'takes a list that got shorter while it was read',
			LIST,
			'if (whole) return { ...read, value: rows, waited };',
			'if (whole || !whole) return { ...read, value: rows, waited };',
		),
	),
	rare(
		mutant(
			'believes that a filter has worked',
			'nodes/Nexudus/pausePeriod/periodsOfContracts.ts',
			'(row) => Number(row.CoworkerContractId) === contractId',
			'(row) => Number(row.CoworkerContractId) > 0',
		),
	),
	mutant(
		'sees an overlap only where both begin on the same day',
		DAYS,
		'(period.from < until && from < period.until)',
		'period.from === from',
	),
	rare(
		mutant(
			'takes a web page with status 404 for a period that is gone',
			'nodes/Nexudus/vendorAnswer.ts',
			'return reply === undefined || isWebPage(reply) ? undefined : reply;',
			'return reply;',
		),
	),
	rare(
		mutant(
			'takes a time zone that does not fit the dates',
			STATE,
			'return localTime(instant, zone).slice(0, 16) === local;',
			'return true;',
		),
	),
	mutant('begins a pause today', DAYS, 'if (after <= today)', 'if (after < today)'),
	mutant(
		'moves the first day of a pause that has begun',
		RULES,
		"else if (phase === 'active' && days.from !== period.from) {",
		"else if (phase === 'none') {",
	),
	rare(
		mutant(
			'calls an update contradicted where somebody changed what it does not name',
			SIGHT,
			'daysOf(change, { ...before, period: after.period })',
			'daysOf(change, before)',
		),
	),
	mutant(
		'confirms a deletion without a look',
		SIGHT,
		"return after.period === null ? 'there' : 'absent';",
		"return 'there';",
	),
	mutant(
		'deletes a pause that is over',
		RULES,
		"return phaseOf(period, asOf) === 'over' ? refuse(periodRefusal.over(period)) : { do: 'write' };",
		"return { do: 'write' };",
	),
];

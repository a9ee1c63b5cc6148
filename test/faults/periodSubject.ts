import type { Sandbox } from '../../sandbox/createSandbox';
import { hotDesk } from '../../sandbox/seeds/pricePlans';
import type { ContractSeed } from '../../sandbox/seeds/seed';
import { cycleStart, monthly } from '../../sandbox/vendor/billingCycle';
import type { PausePeriod } from '../../sandbox/vendor/contract';
import { localDate, locations } from '../../sandbox/vendor/location';
import type { PeriodOperation } from '../../sandbox/vendor/world';
import type { Target } from './delivery';
import { FIRST_ID, FIRST_PERIOD, type FaultCase } from './faultCase';
import { CUSTOMER, type Subject } from './subject';

/** Pauses by cycle from the current one: what is asked for, what is there, and one long after. */
const CREATED = { from: 2, until: 3 };
const EXISTING = { from: 2, until: 4 };
const UPDATED = { from: 2, until: 6 };
const FAR_OFF = { from: 9, until: 10 };
const NOTES = 'Sabbatical; agreed with the front desk';

/** Pauses of others: more than the vendor's shortest page holds, where that matters. */
const OTHERS = 26;

const VERBS = { createPeriod: 'create', updatePeriod: 'update', deletePeriod: 'delete' };

/** Creating, updating and deleting pause periods at the admin API. */
export function periodSubject({ operation, reading, contracts }: FaultCase): Subject {
	const verb = operation as PeriodOperation;
	const isNew = verb === 'createPeriod';
	const others = reading.adminPageSize === 'atMost25' ? OTHERS : 1;
	return {
		idField: isNew ? 'contractId' : 'pausePeriodId',
		write: verb,
		reads: [
			'adminContract',
			'adminContractBatch',
			'business',
			'periodList',
			'periodBatch',
			'period',
		],
		plant: (sandbox, count) => {
			plant(sandbox, CUSTOMER, FIRST_ID, count, isNew ? [FAR_OFF] : [EXISTING, FAR_OFF]);
			plant(sandbox, 'others@example.test', FIRST_ID + count, others, [EXISTING]);
			const period = daysOf(
				sandbox,
				{ createPeriod: CREATED, updatePeriod: UPDATED, deletePeriod: EXISTING }[verb],
			);
			return Array.from({ length: count }, (_, index): Target => {
				const contractId = FIRST_ID + index;
				return { id: isNew ? contractId : periodIdOf(contractId, 0), contractId, period };
			});
		},
		parameters: ([{ period }]) => ({
			resource: 'pausePeriod',
			operation: VERBS[verb],
			...(isNew
				? {
						contractId: { __rl: true, mode: 'id', value: '={{ $json.contractId }}' },
						pauseFrom: period!.from,
						pauseUntil: period!.until,
					}
				: { pausePeriodId: '={{ $json.pausePeriodId }}' }),
			...(verb === 'updatePeriod' && { updateFields: { pauseUntil: period!.until } }),
		}),
		isAbout: ({ kind, path, body }, { id, contractId }) => {
			if (kind === 'createPeriod' || kind === 'updatePeriod') {
				return (body as { CoworkerContractId?: number } | null)?.CoworkerContractId === contractId;
			}
			return kind !== 'deletePeriod' || path.endsWith(`/${id}`);
		},
		aim: (route, { id, contractId }) => {
			if (route === 'deletePeriod') return { recordId: id };
			return route === 'createPeriod' || route === 'updatePeriod' ? { contractId } : {};
		},
		hasRead: (arrived) => {
			if (contracts > 1) return arrived(verb === 'deletePeriod' ? 'periodBatch' : 'periodList') > 0;
			if (verb === 'deletePeriod') return arrived('period') > 0;
			const isFiltered = reading.adminFilters === 'applied';
			const rows = (isNew ? 1 : 2) + (isFiltered ? 0 : others);
			if (reading.adminRows !== 'keyFields') {
				return (
					arrived('periodList') >= (reading.adminPageSize === 'atMost25' ? Math.ceil(rows / 25) : 1)
				);
			}
			return reading.periodBatch === 'known'
				? arrived('periodBatch') > 0
				: arrived('period') >= rows + (isNew ? 0 : 1);
		},
		hand: (sandbox, target) => {
			const edit = (
				change: (mine: PausePeriod | undefined, rest: PausePeriod[]) => PausePeriod[],
			) => {
				const pauses = sandbox.pausesOf(target.contractId);
				const isMine = ({ from, id }: PausePeriod) =>
					isNew ? from === target.period?.from : id === target.id;
				const rest = pauses.filter((pause) => !isMine(pause));
				sandbox.otherHand.setPauses(target.contractId, change(pauses.find(isMine), rest));
			};
			const changedAt = sandbox.clock.now().getTime();
			const asked = { ...target.period!, changedAt };
			const later = daysOf(sandbox, { from: 2, until: 5 });
			const before = daysOf(sandbox, EXISTING);
			const id = isNew ? undefined : target.id;
			const put = (days: typeof later) =>
				edit((mine, rest) => [
					...rest,
					{ ...days, id: mine?.id ?? id, notes: mine?.notes ?? NOTES, changedAt },
				]);
			const remove = () => edit((_, rest) => rest);
			switch (verb) {
				case 'createPeriod':
					return { same: () => put(asked), otherwise: () => put(later), undo: remove };
				case 'updatePeriod':
					return { same: () => put(asked), otherwise: () => put(later), undo: () => put(before) };
				case 'deletePeriod':
					return { same: remove, otherwise: () => put(later), undo: () => put(before) };
			}
		},
	};
}

const periodIdOf = (contractId: number, index: number) =>
	FIRST_PERIOD + 10 * (contractId - FIRST_ID) + index;

/** The days of cycles counted from the current one; all contracts are invoiced on the first. */
function daysOf(
	sandbox: Sandbox,
	{ from, until }: typeof CREATED,
): { from: string; until: string } {
	const day = (cycle: number) => cycleStart(firstOfMonth(sandbox), monthly, cycle);
	return { from: day(from), until: day(until) };
}

const firstOfMonth = ({ clock }: Sandbox) => `${localDate(clock.now()).slice(0, 7)}-01`;

function plant(
	sandbox: Sandbox,
	account: string,
	firstId: number,
	count: number,
	pauses: ReadonlyArray<typeof CREATED>,
): void {
	const seeds = Array.from({ length: count }, (_, index): ContractSeed => ({
		id: firstId + index,
		pricePlan: hotDesk,
		currentCycleFrom: firstOfMonth(sandbox),
		locationId: locations[(index + 1) % locations.length].id,
	}));
	sandbox.addContracts(account, seeds);
	for (const { id } of seeds) {
		const kept = pauses.map((cycles, index): PausePeriod => ({
			...daysOf(sandbox, cycles),
			changedAt: 0,
			id: periodIdOf(id, index),
			notes: NOTES,
		}));
		sandbox.otherHand.setPauses(id, kept);
	}
}

import { cycleIndex, cycleStart, type BillingCycle } from '../vendor/billingCycle';
import { viewOf, type Contract, type ContractView } from '../vendor/contract';
import { localDate, type LocalDate } from '../vendor/location';
import type { CommittedWrite, OtherHandChange, World } from '../vendor/world';

/** One contract as the "My plans" page draws it. */
export interface PlanShown extends ContractView {
	price: number;
	cycle: string;
	canBePausedByPlan: boolean;
	pauseYearlyLimit: number;
	pauseCyclesLimit: number;
	startDate: LocalDate;
	cancellationDate: LocalDate | null;
	/** First days of the cycles around today, oldest first. */
	ticks: LocalDate[];
	/** The writes that it took, and what somebody else did, oldest first. */
	changes: Array<CommittedWrite | OtherHandChange>;
}

const contractsShown = 60;
const cyclesBefore = 5;
const cyclesAfter = 5;

export interface PlansAsked {
	/** E-mail of the customer; the first one unless named. */
	account?: string;
	/** Part of a contract's number or of its price plan's name. */
	find?: string;
	/** How many contracts come before those that are wanted; it is taken to a whole page. */
	after?: number;
	/** The contract that the page must hold, in place of `after`. */
	contractId?: number;
}

/** The accounts, and a page of the contracts of one of them. */
export function plansShown(
	world: World,
	{ account, find = '', after = 0, contractId }: PlansAsked,
) {
	const now = world.clock.now();
	const accounts = [...world.accounts.values()].map((account) => ({
		email: account.email,
		fullName: account.fullName,
		contracts: world.contractsOf.get(account.email)?.length ?? 0,
	}));
	const chosen = account ?? accounts[0]?.email;
	const changes = [...world.committed, ...world.otherHand].sort((a, b) => (a.at < b.at ? -1 : 1));
	const contracts = world.contractsOf.get(chosen ?? '') ?? [];
	const wanted = find.trim().toLowerCase();
	const found = contracts.filter(({ id, pricePlan }) =>
		`${id} ${pricePlan.name}`.toLowerCase().includes(wanted),
	);
	const index = contractId === undefined ? after : found.findIndex(({ id }) => id === contractId);
	const first = pageStart(index, found.length);
	return {
		account: chosen,
		accounts,
		today: localDate(now),
		total: contracts.length,
		found: found.length,
		first,
		pageSize: contractsShown,
		plans: found.slice(first, first + contractsShown).map((contract) => ({
			...planShown(contract, now),
			changes: changes.filter(({ contractId }) => contractId === contract.id),
		})),
	};
}

/** Where the page begins that holds a place of a list; the last page for a place behind its end. */
function pageStart(index: number, length: number): number {
	const place = Math.min(Math.max(index, 0), Math.max(length - 1, 0));
	return place - (place % contractsShown);
}

function planShown(contract: Contract, now: Date): Omit<PlanShown, 'changes'> {
	const { pricePlan, startDate } = contract;
	const { cycle } = pricePlan;
	const current = cycleIndex(startDate, cycle, localDate(now));
	return {
		...viewOf(contract, now),
		price: pricePlan.price,
		cycle: cycleText(cycle),
		canBePausedByPlan: pricePlan.canBePaused,
		pauseYearlyLimit: pricePlan.pauseYearlyLimit,
		pauseCyclesLimit: pricePlan.pauseCyclesLimit,
		startDate,
		cancellationDate: contract.cancellationDate,
		ticks: Array.from({ length: cyclesBefore + cyclesAfter + 1 }, (_, index) =>
			cycleStart(startDate, cycle, current - cyclesBefore + index),
		),
	};
}

function cycleText({ every, unit }: BillingCycle): string {
	if (every === 1) return unit === 'weeks' ? 'a week' : 'a month';
	return every === 12 && unit === 'months' ? 'a year' : `every ${every} ${unit}`;
}

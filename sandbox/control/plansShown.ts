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

/** The accounts and the contracts of one of them; the first account unless named. */
export function plansShown(world: World, email?: string) {
	const now = world.clock.now();
	const accounts = [...world.accounts.values()].map((account) => ({
		email: account.email,
		fullName: account.fullName,
		contracts: world.contractsOf.get(account.email)?.length ?? 0,
	}));
	const chosen = email ?? accounts[0]?.email;
	const changes = [...world.committed, ...world.otherHand].sort((a, b) => (a.at < b.at ? -1 : 1));
	const contracts = world.contractsOf.get(chosen ?? '') ?? [];
	return {
		account: chosen,
		accounts,
		today: localDate(now),
		total: contracts.length,
		plans: contracts.slice(0, contractsShown).map((contract) => ({
			...planShown(contract, now),
			changes: changes.filter(({ contractId }) => contractId === contract.id),
		})),
	};
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

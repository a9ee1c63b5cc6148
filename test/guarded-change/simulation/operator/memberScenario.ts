import { Random } from '../random';
import { scenarioWith, type Ask, type Scenario } from '../scenario';
import type { ImpersonationReadings } from './impersonation';

/** A history of contracts, each of one of several members, changed by an operator. */
export interface MemberScenario extends Scenario {
	impersonation: ImpersonationReadings;
	members: number[];
}

const FIRST_MEMBER = 201;
const NOBODY = 999;

/** The scenario of a seed: as that of the members themselves, with an operator between. */
export function memberScenarioOf(seed: number): MemberScenario {
	const scenario = scenarioWith(seed, [1, 1, 2, 2, 3, 4]);
	const random = new Random(seed ^ 0x2545f491);
	const count = random.pick([1, 2, 2, 3]);
	const members = Array.from({ length: count }, (_, i) => FIRST_MEMBER + i);
	const contracts = scenario.contracts.map((contract) => ({
		...contract,
		coworker: random.pick(members),
	}));
	const severalRuns = scenario.executions.length > 1;
	const asksOf = new Map<Ask[], Ask[]>();
	const withMember = (asks: Ask[]) => {
		const known = asksOf.get(asks) ?? asks.map((ask) => ({ ...ask, coworkerId: memberOf(ask) }));
		asksOf.set(asks, known);
		return known;
	};
	const memberOf = ({ contractId }: Ask) => {
		// Now and then a caller names the wrong member, or one that there is not.
		if (severalRuns && random.chance(0.02)) return random.pick([...members, NOBODY]);
		return contracts.find(({ id }) => id === contractId)?.coworker ?? members[0];
	};
	return {
		...scenario,
		contracts,
		members,
		executions: scenario.executions.map((execution) => ({
			...execution,
			asks: withMember(execution.asks),
		})),
		impersonation: {
			token: random.pick(['once', 'often']),
			validity: random.pick(['any', 'documented']),
			refusal: random.pick([400, 401]),
			bearer: random.pick(['token', 'token', 'access_token']),
			tokenLife: random.pick([120_000, 300_000]),
		},
	};
}

import { hotDesk } from '../../sandbox/seeds/pricePlans';
import type { ContractSeed } from '../../sandbox/seeds/seed';
import { CYCLES, FIRST_ID, PAUSED_BEFORE, SCHEDULED_ID, type FaultCase } from './faultCase';
import { CUSTOMER, type Subject } from './subject';

const OF_A_CONTRACT = ['contract', 'meta', 'pause', 'resume'];

/** Pausing and resuming a contract, by its customer or in their session. */
export function contractSubject({ operation, memory }: FaultCase): Subject {
	const isPause = operation === 'pause';
	const isAbout: Subject['isAbout'] = ({ path }, { contractId }) =>
		path.includes(`/${contractId}/`);
	return {
		idField: 'contractId',
		write: isPause ? 'pause' : 'resume',
		reads: ['contract', 'meta', 'list'],
		plant: (sandbox, count) => {
			const pauses = isPause ? [] : [{ fromCycle: -1, cycles: PAUSED_BEFORE }];
			const ids = Array.from({ length: count }, (_, index) => FIRST_ID + index);
			const seeds: ContractSeed[] = ids.map((id) => ({ id, pricePlan: hotDesk, pauses }));
			if (memory === 'known') {
				const scheduled = [{ fromCycle: 1, cycles: 1 }];
				seeds.push({ id: SCHEDULED_ID, pricePlan: hotDesk, pauses: scheduled });
			}
			sandbox.addContracts(CUSTOMER, seeds);
			return ids.map((id) => ({ id, contractId: id }));
		},
		parameters: () => ({
			resource: 'contract',
			operation: isPause ? 'pause' : 'resume',
			contractId: { __rl: true, mode: 'id', value: '={{ $json.contractId }}' },
			...(isPause
				? { pauseCycles: CYCLES, termsAccepted: true }
				: { resumeWhen: operation === 'resumeNow' ? 'immediately' : 'endOfPausePeriod' }),
		}),
		isAbout,
		aim: (route, { contractId }) => (OF_A_CONTRACT.includes(route) ? { contractId } : {}),
		hasRead: (arrived) => arrived('meta') > 0,
		hand: ({ otherHand }, { contractId }) => ({
			same: () => {
				if (isPause) otherHand.pause(contractId, CYCLES);
				else otherHand.resume(contractId);
			},
			otherwise: () => otherHand.pause(contractId, CYCLES + 1),
			undo: () => {
				if (isPause) otherHand.resume(contractId);
				else otherHand.pause(contractId, PAUSED_BEFORE);
			},
		}),
	};
}

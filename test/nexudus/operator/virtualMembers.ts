import type { Outcome } from '../../../guarded-change/change';
import { DEFAULT_SETTINGS } from '../../../guarded-change/settings';
import { changeContracts } from '../../../nodes/Nexudus/changeContracts';
import { nexudusChange } from '../../../nodes/Nexudus/nexudusChange';
import { memberAccess } from '../../../nodes/Nexudus/operator/memberSessions';
import type { ContractState } from '../../../nodes/Nexudus/pauseState';
import {
	ADMIN,
	OLGA,
	OperatorProcess,
	PORTAL,
	type VirtualVendor,
} from '../pausePeriod/virtualOperator';

export interface EndedPause {
	contractId: number;
	outcome: Outcome<ContractState>;
}

/**
 * One n8n process pauses contracts for one cycle, each in a session of its member, until all have
 * ended or `crashed` says so.
 */
export async function pauseForMembers(
	vendor: VirtualVendor,
	{ dryRun = false, crashed }: { dryRun?: boolean; crashed?: () => boolean } = {},
): Promise<EndedPause[]> {
	const process = new OperatorProcess(vendor);
	const { tools } = process;
	const access = memberAccess({
		...tools,
		admin: ADMIN,
		portal: PORTAL,
		operator: OLGA,
		renewingTransport: tools.transport,
		plainTransport: tools.transport,
		clientId: 'test',
	});
	const changes = vendor.ids.map((contractId) => {
		const coworkerId = vendor.coworkerOf(contractId);
		const change = nexudusChange({
			operation: 'pause',
			cycles: 1,
			termsAccepted: true,
			ifAlreadyPaused: 'unchanged',
			dryRun,
			contractId,
			portal: PORTAL,
			account: `coworker ${coworkerId}`,
			actingFor: { coworkerId, operator: OLGA },
		});
		return { change, settings: DEFAULT_SETTINGS };
	});
	const ended: EndedPause[] = [];
	const note = (outcome: EndedPause['outcome'], index: number) =>
		ended.push({ contractId: changes[index].change.contractId, outcome });
	await process.drive(changeContracts({ access, changes, ended: note }), crashed);
	return ended;
}

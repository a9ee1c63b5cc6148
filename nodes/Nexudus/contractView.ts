import type { IDataObject } from 'n8n-workflow';
import { contractState } from './pauseState';
import { local, type VendorRecord } from './vendorRecord';

/** A contract as `Simplify` shows it: the ten fields that a workflow about pauses needs. Pure. */
export function contractView(record: VendorRecord, now: number): IDataObject {
	const { pause, pricePlan, active, cancelled, endsOn, renewalUtc } = contractState(
		{ contract: record, meta: null },
		now,
	);
	return {
		contractId: typeof record.Id === 'number' ? record.Id : null,
		pricePlan,
		state: pause.state,
		pausedFromUtc: pause.pausedFromUtc,
		pausedUntilUtc: pause.pausedUntilUtc,
		canBePaused: pause.canBePaused,
		renewalUtc,
		active,
		cancelled,
		endsOn: local(endsOn),
	};
}

/** What the list field of the editor shows of a contract: price plan, state, id. Pure. */
export function contractLabel(record: VendorRecord, now: number): string {
	const { pricePlan, state, contractId } = contractView(record, now);
	const words = { none: 'not paused', scheduled: 'pause scheduled', active: 'paused' };
	return `${String(pricePlan ?? 'Contract')} · ${words[state as keyof typeof words]} · ${String(contractId)}`;
}

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

const STATE_WORDS = { none: 'not paused', scheduled: 'pause scheduled', active: 'paused' };

/**
 * What the list field of the editor shows of a contract: price plan, id, state. The state is last:
 * the field cuts off what is too long, and it keeps the text when the state has changed. Pure.
 */
export function contractLabel(record: VendorRecord, now: number): string {
	const { pricePlan, state, contractId, cancelled, endsOn } = contractView(record, now);
	const words = cancelled
		? 'cancelled'
		: STATE_WORDS[state as keyof typeof STATE_WORDS] + (endsOn === null ? '' : ', ending');
	return `${String(pricePlan ?? 'Contract')} · ${String(contractId)} · ${words}`;
}

import type { INodeExecutionData } from 'n8n-workflow';
import type { ContractView } from '../../sandbox/vendor/contract';
import type { CommittedWrite } from '../../sandbox/vendor/world';
import type { RequestEntry } from '../../sandbox/wire/requestLog';
import type { Mode } from './faultCase';

/** One thing that a call is about. */
export interface Target {
	/** As items name it: the number of the contract, or of the pause period. */
	id: number;
	contractId: number;
	/** Of a pause period: the days asked for; of one to be deleted, those that it has. */
	period?: { from: string; until: string };
}

/** What one call put out, and what the stand-in saw of it. */
export interface Delivery {
	name: string;
	/** In the order of the items. */
	asked: readonly Target[];
	/** Under which name items and output have the id. */
	idField: 'contractId' | 'pausePeriodId';
	mode: Mode;
	output: {
		items: readonly INodeExecutionData[];
		errorItems: readonly INodeExecutionData[];
		error?: { message: string; description?: string | null };
	};
	/** Write requests of this call, as they arrived. */
	writes: readonly RequestEntry[];
	/** Writes of this call that the stand-in carried out, whenever it did so. */
	committed: readonly CommittedWrite[];
	/** What was true of a contract at each moment from the first request of this call to its last. */
	truths: ReadonlyMap<number, readonly ContractView[]>;
	/** Writes that arrived before this call. */
	earlier: readonly RequestEntry[];
}

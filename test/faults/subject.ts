import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/createSandbox';
import type { RouteKind } from '../../sandbox/vendor/route';
import type { FaultRule } from '../../sandbox/wire/faults';
import type { RequestEntry } from '../../sandbox/wire/requestLog';
import type { Delivery, Target } from './delivery';
import type { Hand } from './fault';

/** Login of the customer that the contracts are of. */
export const CUSTOMER = 'ines@example.test';

/** What an operation of a case is about: how it is set up, asked for, and found in the log. */
export interface Subject {
	idField: Delivery['idField'];
	/** The route of the write. */
	write: RouteKind;
	/** Routes of all that is read before a write and after it. */
	reads: readonly RouteKind[];
	/** Gives the stand-in the contracts that the call is about. */
	plant(sandbox: Sandbox, count: number): Target[];
	/** Of the node; the id comes with the items. */
	parameters(targets: readonly Target[]): INodeParameters;
	/** Is a request about this target? A read that many share is about all. */
	isAbout(request: Pick<RequestEntry, 'path' | 'body' | 'kind'>, target: Target): boolean;
	/** What makes a fault on a route one for this target alone. */
	aim(route: FaultRule['route'], target: Target): Pick<FaultRule, 'contractId' | 'recordId'>;
	/**
	 * Has all been read that the write rests on?
	 * @param arrived requests about the target so far
	 */
	hasRead(arrived: (route: RouteKind) => number): boolean;
	hand(sandbox: Sandbox, target: Target): Omit<Hand, 'edit'>;
}

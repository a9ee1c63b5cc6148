import type { Answer } from './answer';
import type { VendorRequest } from './request';
import type { World } from './world';

/** What a request is about; faults are ordered by these names. */
export type RouteKind =
	| 'token'
	| 'profiles'
	| 'list'
	| 'contract'
	| 'meta'
	| 'bookings'
	| 'pause'
	| 'resume'
	| 'impersonate'
	| 'exchange'
	| 'coworkers'
	| 'periodList'
	| 'periodBatch'
	| 'period'
	| 'createPeriod'
	| 'updatePeriod'
	| 'deletePeriod'
	| 'adminContractList'
	| 'adminContractBatch'
	| 'adminContract'
	| 'business';

/** One endpoint of the stand-in. */
export interface VendorRoute {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	path: string;
	kind: RouteKind;
	answer(world: World, request: VendorRequest): Answer;
}

import { contractSubject } from './contractSubject';
import { isOfPeriod, type FaultCase } from './faultCase';
import { periodSubject } from './periodSubject';
import type { Subject } from './subject';

/** What the operation of a case is about. */
export function subjectOf(faultCase: FaultCase): Subject {
	return isOfPeriod(faultCase.operation) ? periodSubject(faultCase) : contractSubject(faultCase);
}

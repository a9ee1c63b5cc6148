/** All that can befall one request, each at any step. */
export const FAULTS = [
	'refused connection',
	'name not found',
	'reset before the commit',
	'reset after the commit',
	'no answer, no commit',
	'no answer, commit before',
	'no answer, commit after the client gave up',
	'500 before the commit',
	'500 after the commit',
	'gateway error, no commit',
	'gateway error, commit before',
	'gateway error, commit after',
	'web page, no commit',
	'web page after the commit',
	'half a body',
	'throttled, seconds',
	'throttled, date',
	'throttled, no time',
	'throttled, huge time',
	'session expired',
	'401 to a good session',
	'not successful',
	'redirect',
	'forbidden',
	'slow answer',
	'execution cancelled',
	'process dies before sending',
	'process dies after sending',
	'another hand pauses',
	'another hand resumes',
] as const;

/** What befalls requests with an idempotency key besides. */
export const KEY_FAULTS = [
	'an error is kept for the key, no commit',
	'an error is kept for the key, commit before',
	'the key stays in use for a while, then the commit',
] as const;

export type Fault = (typeof FAULTS)[number] | (typeof KEY_FAULTS)[number];

/** Where in the engine's course a request stands. */
export const STEPS = [
	'read to plan',
	'write',
	'write again',
	'read after acceptance',
	'read in doubt',
	'read to renew',
	'impersonation',
	'exchange',
] as const;

/** Steps in a session of one's own: none has to be opened for a member. */
export const STEPS_OF_CHANGES = STEPS.slice(0, 6);

export type Step = (typeof STEPS)[number];

/** After so long, the vendor carries out nothing that a client has given up. */
export const LATEST_COMMIT = 295_000;

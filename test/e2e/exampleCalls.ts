import { CALLER_HEADER, EXAMPLE_BODY } from '../../start/example';
import type { Sandbox } from '../../sandbox/createSandbox';

/** How an example is called over its webhook, and what shows that it did its work. */
export interface ExampleCall {
	path: string;
	body: unknown;
	/** Nexudus cannot be reached while it is called. */
	down?: true;
	/** What n8n must answer. */
	status: number;
	reply: object;
	/** What must be so at the stand-in afterwards. */
	holds(sandbox: Sandbox): boolean;
}

export const EXAMPLE_CALLER_HEADER = CALLER_HEADER;

/** By file in `examples/`: those that take JSON alone. `examples.e2e.ts` runs the others. */
export const EXAMPLE_CALLS: Record<string, ExampleCall[]> = {
	'freeze-price-plan.json': [
		{
			path: 'freeze-price-plan',
			body: { pricePlan: 'Locker Monthly', ...farAway(), write: true },
			down: true,
			status: 503,
			reply: { written: false, message: expect.stringContaining('Nobody is paused') },
			holds: (sandbox) => sandbox.contract(700107).state === 'none',
		},
		{
			path: 'freeze-price-plan',
			body: { pricePlan: 'Locker Monthly', ...farAway() },
			status: 200,
			reply: {
				written: false,
				paused: [],
				notPaused: [expect.objectContaining({ contractId: 700107 })],
				notKnown: [],
			},
			holds: (sandbox) => sandbox.contract(700107).state === 'none',
		},
		{
			path: 'freeze-price-plan',
			body: { priceplan: 'Locker Monthly', ...farAway(), write: true },
			status: 422,
			reply: { written: false, missing: ['pricePlan'] },
			holds: (sandbox) => sandbox.contract(700107).state === 'none',
		},
		{
			path: 'freeze-price-plan',
			body: { pricePlan: 'Locker Montly', ...farAway(), write: true },
			status: 404,
			reply: { written: false, message: expect.stringContaining('Locker Montly') },
			holds: (sandbox) => sandbox.contract(700107).state === 'none',
		},
	],
	'pause-contract-from-webhook.json': [
		{
			path: 'pause-contract',
			body: EXAMPLE_BODY,
			down: true,
			status: 503,
			reply: { outcome: 'failed', message: expect.stringContaining('Nexudus') },
			holds: (sandbox) => sandbox.contract(700100).state === 'none',
		},
		{
			path: 'pause-contract',
			body: EXAMPLE_BODY,
			status: 200,
			reply: { outcome: 'changed', verified: true, contractId: 700100, state: 'scheduled' },
			holds: (sandbox) => sandbox.contract(700100).state === 'scheduled',
		},
		{
			path: 'pause-contract',
			body: EXAMPLE_BODY,
			status: 200,
			reply: { outcome: 'unchanged', contractId: 700100 },
			holds: (sandbox) =>
				sandbox.committed.filter(({ contractId }) => contractId === 700100).length === 1,
		},
		{
			path: 'pause-contract',
			body: { ...EXAMPLE_BODY, contractId: 700103 },
			status: 422,
			reply: { outcome: 'refused', contractId: 700103 },
			holds: (sandbox) => sandbox.contract(700103).state === 'none',
		},
	],
	'pause-with-approval.json': [
		{
			path: 'plan-pause',
			body: { ...EXAMPLE_BODY, contractId: 700101 },
			down: true,
			status: 503,
			reply: { outcome: 'failed', message: expect.stringContaining('Nexudus') },
			holds: (sandbox) => sandbox.contract(700101).state === 'none',
		},
		{
			path: 'plan-pause',
			body: { ...EXAMPLE_BODY, contractId: 700101 },
			status: 202,
			reply: { outcome: 'planned', contractId: 700101 },
			holds: (sandbox) => sandbox.contract(700101).state === 'none',
		},
		{
			path: 'plan-pause',
			body: { ...EXAMPLE_BODY, contractId: 700106 },
			status: 422,
			reply: { outcome: 'refused', contractId: 700106 },
			holds: (sandbox) => sandbox.contract(700106).state === 'none',
		},
	],
};

/** Days of a pause that the contract with an end cannot have. */
function farAway() {
	const year = new Date().getFullYear() + 2;
	return { pauseFrom: `${year}-08-01`, pauseUntil: `${year}-09-01` };
}

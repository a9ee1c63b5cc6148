import type { StripeFault } from '../../packages/n8n-nodes-stripe-subscription/sandbox/createStripeSandbox';
import { tellStory, type Story } from './story';

/**
 * Everything that can go wrong, at every operation that writes. What the node reports is judged by
 * what the stand-in has carried out.
 */
type Strike = StripeFault extends infer R ? (R extends unknown ? Omit<R, 'route'> : never) : never;

interface Operation {
	operation: string;
	subscription: string;
	route: StripeFault['route'];
}

const OPERATIONS: Operation[] = [
	{ operation: 'pause', subscription: 'sub_active', route: 'pause' },
	{ operation: 'resume', subscription: 'sub_paused', route: 'resume' },
	{ operation: 'resume', subscription: 'sub_payslater', route: 'resume' },
	{ operation: 'resume', subscription: 'sub_collectionpaused', route: 'update' },
	{ operation: 'pauseCollection', subscription: 'sub_active', route: 'update' },
	{ operation: 'resumeCollection', subscription: 'sub_collectionpaused', route: 'update' },
];

const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

const ALWAYS = Infinity;
/** Of one call, in ms, where the fault is that it takes too long. */
const LIMIT = 200;
const SHORT = { writeTimeout: LIMIT };
const json = { 'content-type': 'application/json' };
const body = (error: object) => JSON.stringify({ error: { message: 'Oops.', ...error } });
const status = (code: number, more: object = {}): Strike =>
	({ kind: 'status', status: code, headers: json, body: body({}), ...more }) as Strike;
const retry = (advice: string) => ({ headers: { ...json, 'stripe-should-retry': advice } });

interface Case {
	name: string;
	/** Strikes the write. */
	write?: Strike;
	/** Strikes the reads before. */
	before?: Strike;
	/** Strikes the reads after the write has arrived. */
	after?: Strike;
	expected: 'changed' | 'refused' | 'failed' | 'unknown';
	settings?: Record<string, number>;
}

const CASES: Case[] = [
	{ name: 'no fault', expected: 'changed' },
	{ name: 'closed without a word', write: { kind: 'refuse' }, expected: 'changed' },
	{ name: 'reset before commit', write: { kind: 'resetBeforeCommit' }, expected: 'changed' },
	{ name: 'reset after commit', write: { kind: 'resetAfterCommit' }, expected: 'changed' },
	{
		name: 'reset before commit, always',
		write: { kind: 'resetBeforeCommit', times: ALWAYS },
		expected: 'unknown',
	},
	{
		name: 'stall, never done',
		write: { kind: 'stall', commit: 'never' },
		expected: 'changed',
		settings: SHORT,
	},
	{
		name: 'stall, done at once',
		write: { kind: 'stall', commit: 'before' },
		expected: 'changed',
		settings: SHORT,
	},
	{
		name: 'stall, done late',
		write: { kind: 'stall', commit: 'after', ms: 2 * LIMIT },
		expected: 'changed',
		settings: SHORT,
	},
	{
		name: 'drip without end',
		write: { kind: 'drip', ms: 5 },
		expected: 'changed',
		settings: SHORT,
	},
	{ name: 'half a body', write: { kind: 'halfBody' }, expected: 'changed' },
	{ name: 'broken JSON, not done', write: { kind: 'badJson', commit: false }, expected: 'changed' },
	{ name: 'broken JSON, done', write: { kind: 'badJson' }, expected: 'changed' },
	{ name: 'web page, not done', write: { kind: 'html' }, expected: 'changed' },
	{ name: 'web page, done', write: { kind: 'html', commit: true }, expected: 'changed' },
	{ name: '500, not done', write: status(500), expected: 'changed' },
	{ name: '500, done', write: status(500, { commit: true }), expected: 'changed' },
	{
		name: '500 kept for the key, not done',
		write: status(500, { kept: true }),
		expected: 'changed',
	},
	{
		name: '500 kept for the key, done',
		write: status(500, { kept: true, commit: true }),
		expected: 'changed',
	},
	{
		name: '500 kept, and Stripe says not to retry',
		write: status(500, { kept: true, ...retry('false') }),
		expected: 'changed',
	},
	{ name: '500 always', write: status(500, { times: ALWAYS }), expected: 'unknown' },
	{ name: '502, not done', write: status(502), expected: 'changed' },
	{ name: '503, done', write: status(503, { commit: true }), expected: 'changed' },
	{ name: '504, done late', write: status(504, { commitAfter: 2 * LIMIT }), expected: 'changed' },
	{ name: '500 with advice to retry', write: status(500, retry('true')), expected: 'changed' },
	{ name: '409, the key is in use', write: status(409), expected: 'changed' },
	{
		name: '409, and Stripe says not to retry',
		write: status(409, retry('false')),
		expected: 'refused',
	},
	{ name: '429', write: status(429), expected: 'changed' },
	{
		name: '429 with Retry-After',
		write: status(429, { headers: { ...json, 'retry-after': '1' } }),
		expected: 'changed',
	},
	{
		name: '429 with Retry-After of a day',
		write: status(429, { headers: { ...json, 'retry-after': '86400' } }),
		expected: 'failed',
	},
	{
		name: '429, and Stripe says not to retry',
		write: status(429, retry('false')),
		expected: 'refused',
	},
	{
		name: '429 for a lock that was not got in time',
		write: status(429, { body: body({ code: 'lock_timeout' }), ...retry('true') }),
		expected: 'changed',
	},
	{
		name: '400 rate_limit',
		write: status(400, { body: body({ code: 'rate_limit' }) }),
		expected: 'changed',
	},
	{ name: '400', write: status(400), expected: 'refused' },
	{ name: '400 with advice to retry', write: status(400, retry('true')), expected: 'changed' },
	{ name: '401', write: status(401), expected: 'failed' },
	{ name: '402', write: status(402), expected: 'refused' },
	{ name: '403', write: status(403), expected: 'refused' },
	{ name: '404', write: status(404), expected: 'refused' },
	{ name: '422', write: status(422), expected: 'refused' },
	{ name: 'redirect 302', write: { kind: 'redirect', status: 302 }, expected: 'refused' },
	{ name: 'redirect 307', write: { kind: 'redirect', status: 307 }, expected: 'refused' },
	{ name: 'slow but well', write: { kind: 'slowButOk', ms: 60 }, expected: 'changed' },
	{ name: 'late but well', write: { kind: 'delay', ms: 60 }, expected: 'changed' },
	{ name: 'read before: reset', before: { kind: 'resetBeforeCommit' }, expected: 'changed' },
	{ name: 'read before: 500 always', before: status(500, { times: ALWAYS }), expected: 'failed' },
	{ name: 'read before: 429', before: status(429), expected: 'changed' },
	{ name: 'read before: web page', before: { kind: 'html' }, expected: 'changed' },
	{
		name: 'read before: stall',
		before: { kind: 'stall', commit: 'never' },
		expected: 'changed',
		settings: { timeout: 2 * LIMIT },
	},
	{ name: 'read after: 500 once', after: status(500), expected: 'changed' },
	{ name: 'read after: 500 always', after: status(500, { times: ALWAYS }), expected: 'changed' },
	{
		name: 'reset after commit, then no read succeeds',
		write: { kind: 'resetAfterCommit' },
		after: status(500, { times: ALWAYS }),
		expected: 'unknown',
	},
	{
		name: 'reset before commit always, and no read succeeds',
		write: { kind: 'resetBeforeCommit', times: ALWAYS },
		after: status(500, { times: ALWAYS }),
		expected: 'unknown',
	},
];

interface Report {
	outcome: string;
	/** Items that came out, and errors thrown. */
	count: number;
}

async function report(
	{ run }: Story,
	{ operation, subscription }: Operation,
	{ settings }: Case,
	mode: (typeof MODES)[number],
): Promise<Report> {
	const { items, errorItems, error } = await run(
		operation,
		subscription,
		{
			requestSettings: { maxThrottleWait: 5_000, ...settings },
		},
		{ onError: mode },
	);
	const all = [...items, ...errorItems].map(({ json: item }) => item);
	const failed = all[0]?.error as { outcome: string } | undefined;
	if (mode === 'stopWorkflow' && error) {
		const unknown = /not known|under way/.test(`${error.message} ${error.description ?? ''}`);
		return { outcome: unknown ? 'unknown' : 'error', count: all.length + 1 };
	}
	return { outcome: failed?.outcome ?? String(all[0]?.outcome), count: all.length };
}

async function arrange(
	{ sandbox }: Story,
	{ write, before, after }: Case,
	{ route, subscription }: Operation,
) {
	const order = (strike: Strike | undefined, kind: StripeFault['route'], extra: object = {}) => {
		if (strike)
			sandbox.faults.order({ ...strike, route: kind, subscription, ...extra } as StripeFault);
	};
	order(write, route);
	order(before, 'subscription');
	// The one read before the write passes.
	order(after, 'subscription', { skip: 1 });
}

describe.each(OPERATIONS)('$operation of $subscription', (operation) => {
	it.each(CASES)('$name: $expected', async (fault) => {
		for (const mode of operation === OPERATIONS[0] ? MODES : MODES.slice(2)) {
			const story = await tellStory();
			await arrange(story, fault, operation);
			const { outcome, count } = await report(story, operation, fault, mode);
			const done = story.done().length;

			expect(count).toBe(1);
			expect(done).toBeLessThanOrEqual(1);
			if (outcome === 'changed') expect(done).toBe(1);
			if (['refused', 'failed', 'error', 'unchanged'].includes(outcome)) expect(done).toBe(0);
			const asExpected =
				mode === 'stopWorkflow' && ['refused', 'failed'].includes(fault.expected)
					? 'error'
					: fault.expected;
			expect(outcome).toBe(asExpected);

			// What was given up may act late; then the same call comes again.
			await new Promise((resolve) =>
				setTimeout(resolve, fault.name.includes('late') ? 2 * LIMIT : 0),
			);
			story.sandbox.faults.clear();
			await report(story, operation, fault, 'continueRegularOutput');
			expect(story.done().length).toBeLessThanOrEqual(1);
		}
	});
});

describe('idempotency keys', () => {
	const pause = async ({ run }: Story, executionId: string) => {
		const { items } = await run('pause', 'sub_active', {}, { executionId });
		return items[0].json;
	};

	it('stay the same for one plan in one execution, and differ between executions', async () => {
		const keysOf = async (executionId: string) => {
			const story = await tellStory();
			story.sandbox.faults.order({ route: 'pause', kind: 'resetBeforeCommit' });
			await pause(story, executionId);
			return story.writes().map(({ key }) => key);
		};
		const [first, second] = await keysOf('keys-1');
		expect(first).toBe(second);
		expect((await keysOf('keys-2'))[0]).not.toBe(first);
	});

	it('a retry of the node after a lost answer writes nothing twice', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'pause', kind: 'resetAfterCommit' });
		story.sandbox.faults.order({
			...status(500),
			route: 'subscription',
			skip: 1,
		} as StripeFault);
		const { items } = await story.run(
			'pause',
			'sub_active',
			{ requestSettings: { maxAttempts: 1 } },
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(items[0].json.outcome).toMatch(/changed/);
		expect(story.done()).toEqual(['pause sub_active']);
	});

	it('pause, resume, pause in one execution are three requests with three keys', async () => {
		const story = await tellStory();
		const executionId = 'three';
		await pause(story, executionId);
		await story.run('resume', 'sub_active', {}, { executionId });
		expect(await pause(story, executionId)).toMatchObject({ outcome: 'changed', verified: true });
		expect(story.done()).toEqual(['pause sub_active', 'resume sub_active', 'pause sub_active']);
		expect(new Set(story.writes().map(({ key }) => key)).size).toBe(3);
	});

	it('an error kept for the key of an earlier try gets a fresh key', async () => {
		const story = await tellStory();
		const executionId = 'stored';
		story.sandbox.faults.order({
			...status(402, { kept: true, body: body({ type: 'card_error', code: 'card_declined' }) }),
			route: 'pause',
		} as StripeFault);
		const first = await story.run(
			'pause',
			'sub_active',
			{},
			{ executionId, onError: 'continueErrorOutput' },
		);
		expect(first.errorItems).toHaveLength(1);
		expect(await pause(story, executionId)).toMatchObject({ outcome: 'changed', attempts: 2 });
		const [original, replay, fresh] = story.writes();
		expect(replay.key).toBe(original.key);
		expect(replay.replayed).toBe(true);
		expect(fresh.key).not.toBe(original.key);
	});

	it('every POST has one, a preview too', async () => {
		const { output, sandbox } = await tellStory();
		await output('previewResume', 'sub_paused');
		await output('resume', 'sub_paused');
		const posts = sandbox.requests.filter(({ method }) => method === 'POST');
		expect(posts.map(({ key }) => typeof key)).toEqual(['string', 'string']);
	});
});

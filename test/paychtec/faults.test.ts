import type { PaychtecFault } from '../../packages/n8n-nodes-paychtec/sandbox/createPaychtecSandbox';
import { CONTINUE, failure, only, tellStory } from './story';

type Strike = PaychtecFault extends infer F
	? F extends unknown
		? Omit<F, 'route'>
		: never
	: never;

const LIMITS = { requestSettings: { timeout: 5_000, writeTimeout: 300 } };
const status = (code: number, commit = false): Strike => ({ kind: 'status', status: code, commit });

const LOST: Array<[string, Strike]> = [
	['closed without a word', { kind: 'refuse' }],
	['reset before commit', { kind: 'resetBeforeCommit' }],
	['reset after commit', { kind: 'resetAfterCommit' }],
	['stall, committed', { kind: 'stall', commit: 'before' }],
	['stall, not committed', { kind: 'stall', commit: 'never' }],
	['drip', { kind: 'drip', ms: 5 }],
	['half a body', { kind: 'halfBody' }],
	['500', status(500)],
	['500 after commit', status(500, true)],
	['502', status(502)],
	['503 after commit', status(503, true)],
	['504 after commit', status(504, true)],
	['web page', { kind: 'html' }],
	['web page after commit', { kind: 'html', commit: true }],
	['broken JSON', { kind: 'badJson' }],
];

describe.each(['pause', 'resume'] as const)('%s', (operation) => {
	const id = operation === 'pause' ? 'sub_abc123' : 'sub_paused';

	describe.each(['replayed', 'ignored'] as const)('where keys are %s', (keys) => {
		it.each(LOST)('%s: one effect, seen in the end', async (_, strike) => {
			const story = await tellStory({ readings: { keys } });
			story.sandbox.faults.order({ ...strike, route: operation } as PaychtecFault);
			const output = only(await story[operation](id, LIMITS));
			expect(output).toMatchObject({ outcome: 'changed', verified: true });
			expect(story.done()).toEqual([`${operation} ${id}`]);
			expect(new Set(story.keys()).size).toBe(1);
		});
	});

	it('answers lost for ever leave an unknown outcome, under one key', async () => {
		const story = await tellStory();
		const fault = { kind: 'resetBeforeCommit', route: operation, times: Infinity } as const;
		story.sandbox.faults.order(fault);
		const result = await story[operation](id, LIMITS, CONTINUE);
		expect(failure(result)).toMatchObject({ outcome: 'unknown', attempts: 3 });
		expect(story.keys()).toHaveLength(3);
		expect(new Set(story.keys()).size).toBe(1);
	});

	it('a change that the own store never learns of is unknown, not failed', async () => {
		const story = await tellStory({ readings: { store: 'behind' } });
		const result = await story[operation](id, LIMITS, CONTINUE);
		expect(failure(result)).toMatchObject({
			outcome: 'unknown',
			description: expect.stringContaining('It is not known whether'),
		});
		expect(story.done()).toEqual([`${operation} ${id}`]);
	});

	it.each([
		[400, 'refused'],
		[403, 'refused'],
		[404, 'refused'],
		[409, 'refused'],
		[422, 'refused'],
	])('status %i is sent once', async (code, outcome) => {
		const story = await tellStory();
		story.sandbox.faults.order({ ...status(code), route: operation } as PaychtecFault);
		const result = await story[operation](id, {}, CONTINUE);
		expect(failure(result)).toMatchObject({ outcome, code: `http${code}`, attempts: 1 });
		expect(story.done()).toEqual([]);
	});

	it('a redirect is not followed', async () => {
		const story = await tellStory();
		const fault = {
			kind: 'redirect',
			status: 307,
			location: '/subscriptions/sub_trial/pause',
		} as const;
		story.sandbox.faults.order({ ...fault, route: operation });
		const result = await story[operation](id, {}, CONTINUE);
		expect(failure(result)).toMatchObject({ outcome: 'refused' });
		expect(story.done()).toEqual([]);
	});

	it('a throttle is waited for', async () => {
		const story = await tellStory();
		const headers = { 'retry-after': '1' };
		story.sandbox.faults.order({ kind: 'status', status: 429, headers, route: operation });
		expect(only(await story[operation](id))).toMatchObject({ outcome: 'changed', attempts: 2 });
	});

	it('another hand that was first is not an error', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ kind: 'delay', ms: 60, route: operation });
		const running = story[operation](id);
		while (!story.sandbox.requests.some(({ kind }) => kind === operation)) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		story.sandbox.otherHand(id, operation);
		expect(only(await running)).toMatchObject({ outcome: 'unchanged', verified: true });
	});
});

describe('a write that was given up and may still act', () => {
	it.each([
		['is refused by a key in use', 409, {}],
		['is refused', 400, {}],
		['meets a session that has ended', 401, {}],
		['is throttled for too long', 429, { 'retry-after': '900' }],
	])(
		'is not sent under another key by a later execution, where it %s when sent again',
		async (_, code, headers) => {
			const story = await tellStory();
			const parameters = { pause_option: 'end_of_term', ...LIMITS };
			story.sandbox.faults.order({ kind: 'stall', commit: 'never', route: 'pause' });
			story.sandbox.faults.order({ kind: 'status', status: code, headers, route: 'pause' });
			const first = await story.pause('sub_abc123', parameters, { ...CONTINUE, executionId: '1' });
			expect(failure(first)).toMatchObject({ outcome: 'unknown' });
			const sent = story.keys().length;
			const later = await story.pause('sub_abc123', parameters, { ...CONTINUE, executionId: '2' });
			// A wait that the vendor still asks for ends it before anything is read.
			expect(failure(later).outcome).toBe(code === 429 ? 'failed' : 'unknown');
			expect(story.keys()).toHaveLength(sent);
		},
	);
});

describe('a read that does not tell', () => {
	const shows = (record: object) =>
		({
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(record),
			route: 'subscription',
			times: Infinity,
		}) as const;
	const strange: Array<[string, object]> = [
		['no status', { id: 'sub_paused' }],
		['a status that is no text', { id: 'sub_paused', status: 3 }],
		['an empty status', { id: 'sub_paused', status: ' ' }],
		['another subscription', { id: 'sub_abc123', status: 'active' }],
	];

	it.each(strange)('before the resume (%s): nothing is sent', async (_, record) => {
		const story = await tellStory();
		story.sandbox.faults.order(shows(record));
		const result = await story.resume('sub_paused', {}, CONTINUE);
		expect(failure(result)).toMatchObject({ outcome: 'failed', attempts: 0 });
		expect(story.keys()).toEqual([]);
	});

	it.each(strange)(
		'after the resume (%s): accepted, and not said to be seen',
		async (_, record) => {
			const story = await tellStory();
			story.sandbox.faults.order({ ...shows(record), skip: 1 });
			expect(only(await story.resume('sub_paused'))).toMatchObject({
				outcome: 'changed',
				verified: false,
				verification: 'notRead',
			});
			expect(story.done()).toEqual(['resume sub_paused']);
		},
	);

	it.each(strange)('where the answer was lost too (%s): unknown', async (_, record) => {
		const story = await tellStory();
		const lost = { kind: 'resetBeforeCommit', route: 'resume', times: Infinity } as const;
		story.sandbox.faults.order(lost);
		story.sandbox.faults.order({ ...shows(record), skip: 1 });
		const result = await story.resume('sub_paused', LIMITS, CONTINUE);
		expect(failure(result)).toMatchObject({ outcome: 'unknown' });
		expect(new Set(story.keys()).size).toBe(1);
	});

	const unexplained = shows({ id: 'sub_paused', status: 'hibernating' });

	it('a status that nobody has explained is neither paused nor resumed', async () => {
		const before = await tellStory();
		before.sandbox.faults.order(unexplained);
		expect(only(await before.resume('sub_paused'))).toMatchObject({
			outcome: 'unchanged',
			verified: false,
			verification: 'notVisible',
			sameAsAsked: null,
			hint: expect.stringContaining('hibernating'),
		});
		expect(before.keys()).toEqual([]);

		const after = await tellStory();
		after.sandbox.faults.order({ ...unexplained, skip: 1 });
		const result = await after.resume('sub_paused', {}, CONTINUE);
		expect(failure(result)).toMatchObject({ code: 'contradicted', attempts: 1 });
		expect(after.done()).toEqual(['resume sub_paused']);
	});

	it('a status on the way is waited for', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ ...unexplained, skip: 1, times: 1 });
		expect(only(await story.resume('sub_paused'))).toMatchObject({
			outcome: 'changed',
			verified: true,
		});
	});
});

describe('the idempotency key', () => {
	it('is the same for a run tried again by n8n, and another one after a resume in the same execution', async () => {
		const story = await tellStory();
		const executionId = '77';
		const fault = { kind: 'resetBeforeCommit', route: 'pause', times: 3 } as const;
		story.sandbox.faults.order(fault);
		const again = { executionId, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		expect(only(await story.pause('sub_abc123', LIMITS, again))).toMatchObject({ verified: true });
		expect(new Set(story.keys()).size).toBe(1);

		expect(only(await story.resume('sub_abc123', {}, { executionId }))).toMatchObject({
			outcome: 'changed',
		});
		expect(only(await story.pause('sub_abc123', {}, { executionId }))).toMatchObject({
			outcome: 'changed',
		});
		expect(story.done()).toEqual(['pause sub_abc123', 'resume sub_abc123', 'pause sub_abc123']);
		expect(new Set(story.keys()).size).toBe(3);
	});
});

describe('the credential', () => {
	it.each([
		['sandbox', 'prd_open_sesame_7', ''],
		['production', 'snd_open_sesame_7', ''],
		['custom', 'prd_open_sesame_7', 'https://api.sandbox.paychtec.com'],
		['custom', 'snd_open_sesame_7', 'https://API.v2.paychtec.com./'],
	])(
		'%s refuses the key of the other environment before anything is sent',
		async (environment, apiKey, baseUrl) => {
			const story = await tellStory({ credential: { environment, apiKey, baseUrl } });
			const result = await story.pause('sub_abc123', {}, CONTINUE);
			expect(failure(result)).toMatchObject({
				code: 'credential',
				message: expect.stringContaining('Nothing was sent'),
				attempts: 0,
			});
			expect(await story.testCredential()).toMatchObject({ status: 'Error' });
		},
	);

	it.each(['http://paychtec.example', 'https://a.example/path', 'ftp://127.0.0.1', '', 'x'])(
		'refuses the address %p',
		async (baseUrl) => {
			const story = await tellStory({ credential: { baseUrl } });
			expect(failure(await story.pause('sub_abc123', {}, CONTINUE))).toMatchObject({
				code: 'credential',
			});
			expect(story.sandbox.requests).toEqual([]);
		},
	);

	it('is tested by a read', async () => {
		const story = await tellStory();
		expect(await story.testCredential()).toMatchObject({ status: 'OK' });
		expect(story.sandbox.requests.map(({ path }) => path)).toEqual(['/customers/list']);
		const wrong = await tellStory({ credential: { apiKey: 'snd_wrong' } });
		expect(await wrong.testCredential()).toMatchObject({ status: 'Error' });
	});

	it('that the vendor does not accept is said so', async () => {
		const story = await tellStory({ credential: { apiKey: 'snd_wrong' } });
		const result = await story.pause('sub_abc123', {}, CONTINUE);
		expect(failure(result)).toMatchObject({
			code: 'http401',
			message: 'Paychtec does not accept the API key (status 401)',
		});
	});
});

import type { Fault, FaultRule } from '../../sandbox/wire/faults';
import { CONTINUE, failure, HOT_DESK, only, PAUSED_NOW, tellStory } from './story';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Pauses while the vendor answers the write as ordered. */
async function pauseAnswered(fault: Fault, parameters = {}) {
	const story = await tellStory();
	story.sandbox.faults.order({ route: 'pause', ...fault });
	const result = await story.pause(HOT_DESK, parameters, CONTINUE);
	return { story, result };
}

describe('a write refused with status 400', () => {
	const status = (body: string, headers = JSON_TYPE) => ({
		kind: 'status' as const,
		status: 400,
		body,
		headers,
	});

	it.each([
		['plain text', status('SomethingNew', { 'content-type': 'text/plain' }), 'SomethingNew'],
		['a JSON string', status('"SomethingNew"'), 'SomethingNew'],
		['Message', status('{"Message":"The plan is on hold"}'), 'http400'],
		['message', status('{"message":"The plan is on hold"}'), 'http400'],
		['error and description', status('{"error":"E1","error_description":"On hold"}'), 'E1'],
		['a code', status('{"ErrorCode":"E2","Message":"On hold"}'), 'E2'],
		[
			'a list of errors',
			status('{"Errors":[{"PropertyName":"PauseCycles","Message":"Too long"}]}'),
			'http400',
		],
		['broken JSON', status('{ "Invalid date - it lies in the past" }'), 'http400'],
		['nothing', status('', {} as typeof JSON_TYPE), 'http400'],
		['an empty object', status('{}'), 'http400'],
	])('passes its code through, from %s', async (_, fault, code) => {
		const { story, result } = await pauseAnswered(fault);
		const error = failure(result);
		expect(error).toMatchObject({ code, outcome: 'refused', contractId: 700100, attempts: 1 });
		expect(String(error.message)).toMatch(/^Nexudus refused/);
		expect(String(error.description)).toContain('status 400');
		expect(error).toMatchObject({ before: { state: 'none' }, after: { state: 'none' } });
		expect(story.writesSent()).toHaveLength(1);
		expect(story.done()).toEqual([]);
	});

	it("quotes the vendor's words, but no more than their beginning", async () => {
		const { result } = await pauseAnswered(
			status(JSON.stringify({ Message: `The plan is on hold ${'x'.repeat(2000)}` })),
		);
		const { message } = failure(result) as { message: string };
		expect(message).toContain('The plan is on hold');
		expect(message.length).toBeLessThan(400);
	});

	it('is unchanged where another hand has paused in between', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'pause', kind: 'delay', ms: 150 });
		const running = story.pause(HOT_DESK);
		await story.until(() => story.writesSent().length > 0);
		story.sandbox.otherHand.pause(HOT_DESK, 1);
		expect(only(await running)).toMatchObject({
			outcome: 'unchanged',
			changed: false,
			verified: true,
			attempts: 1,
		});
		expect(story.done()).toEqual([]);
	});
});

describe('the other answers to a write', () => {
	it.each([
		[403, 'refused', 'http403', /does not allow.*own the contract or manage its team/s],
		[404, 'refused', 'http404', /does not know this contract.*Signed in as Maria Sol\./s],
		[405, 'refused', 'http405', /refused the request \(status 405\)/],
		[409, 'refused', 'http409', /status 409/],
		[422, 'refused', 'http422', /status 422/],
	])('%d is %s', async (status, outcome, code, words) => {
		const { story, result } = await pauseAnswered({ kind: 'status', status });
		const error = failure(result);
		expect(error).toMatchObject({ outcome, code, attempts: 1 });
		expect(`${String(error.message)} ${String(error.description)}`).toMatch(words);
		expect(story.writesSent()).toHaveLength(1);
	});

	it.each([301, 302, 303, 307, 308] as const)(
		'a redirect %d is never followed by a write',
		async (status) => {
			const other = await tellStory();
			const { story, result } = await pauseAnswered({
				kind: 'redirect',
				status,
				location: `${other.sandbox.url}/api/public/billing/coworkerContracts/v2/700100/pause`,
			} as never);
			expect(failure(result)).toMatchObject({
				outcome: 'refused',
				code: `http${status}`,
				message: expect.stringContaining('redirect, which is not followed'),
				description: expect.stringContaining('Portal URL'),
			});
			expect(story.writesSent()).toHaveLength(1);
			expect(other.sandbox.requests).toEqual([]);
		},
	);

	it('200 with WasSuccessful false is a refusal', async () => {
		const { story, result } = await pauseAnswered({ kind: 'wasSuccessfulFalse' });
		expect(failure(result)).toMatchObject({
			outcome: 'refused',
			message: expect.stringContaining('The operation could not be completed'),
			attempts: 1,
		});
		expect(story.writesSent()).toHaveLength(1);
	});

	it.each([
		['a web page', { kind: 'html' }, /web page \(status 200\)/],
		['a web page with status 500', { kind: 'html', status: 500 }, /web page \(status 500\)/],
		['status 500', { kind: 'status', status: 500, body: 'Oops' }, /status 500 \("Oops"\)/],
		['status 503', { kind: 'status', status: 503 }, /status 503/],
		['a reset', { kind: 'resetBeforeCommit' }, /the connection/],
		['a closed connection', { kind: 'refuse' }, /the connection/],
	] as const)(
		'%s that shows no effect is unknown, and not sent again on a guess',
		async (_, fault, words) => {
			const { story, result } = await pauseAnswered(fault as never);
			const error = failure(result);
			expect(error).toMatchObject({
				outcome: 'unknown',
				code: 'outcomeUnknown',
				message: 'It is not known whether the pause of contract 700100 took effect',
				before: { state: 'none' },
				after: { state: 'none' },
				attempts: 1,
			});
			expect(String(error.description)).toMatch(words);
			expect(String(error.description)).toContain('How to find out');
			expect(String(error.description)).not.toContain('<');
			expect(story.writesSent()).toHaveLength(1);
		},
	);

	it.each([
		['a web page', { kind: 'html', commit: true }],
		['status 500', { kind: 'status', status: 500, commit: true }],
		['a reset', { kind: 'resetAfterCommit' }],
		['half a body', { kind: 'halfBody' }],
		['broken JSON', { kind: 'badJson' }],
	] as const)('%s after the effect is found out by reading', async (_, fault) => {
		const { story, result } = await pauseAnswered(fault as never);
		expect(only(result)).toMatchObject({ outcome: 'changed', verified: true, attempts: 1 });
		expect(story.done()).toEqual(['pause 700100']);
		expect(story.writesSent()).toHaveLength(1);
	});

	it.each([
		['stalls', { kind: 'stall', commit: 'before' }],
		['drips', { kind: 'drip', ms: 20 }],
	] as const)('that %s is given up after Write Timeout, and read', async (_, fault) => {
		const { story, result } = await pauseAnswered(fault as never, {
			requestSettings: { writeTimeout: 300 },
		});
		expect(only(result)).toMatchObject({
			outcome: 'changed',
			verified: true,
			audit: { attempts: [{ class: 'ambiguous' }] },
		});
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('a resume now that is lost is sent again, because reading proves that it did not act', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'resume', kind: 'resetBeforeCommit' });
		const output = only(await story.resume(PAUSED_NOW, { resumeWhen: 'immediately' }));
		expect(output).toMatchObject({ outcome: 'changed', verified: true, attempts: 2 });
		expect(story.done()).toEqual(['resumeNow 700104']);
	});
});

describe('throttling', () => {
	it.each([
		[409, '1'],
		[429, '1'],
		[429, undefined],
	])('by %d with Retry-After %s is waited for and uses no attempt', async (status, after) => {
		const headers: Record<string, string> = after === undefined ? {} : { 'retry-after': after };
		const started = performance.now();
		const { story, result } = await pauseAnswered({ kind: 'status', status, headers } as never, {
			requestSettings: { maxAttempts: 1 },
		});
		expect(only(result)).toMatchObject({ outcome: 'changed', verified: true, attempts: 2 });
		if (after) expect(performance.now() - started).toBeGreaterThan(1000);
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('understands Retry-After as a date', async () => {
		const retryAfter = new Date(Date.now() + 1500).toUTCString();
		const { story, result } = await pauseAnswered({
			kind: 'status',
			status: 409,
			headers: { 'retry-after': retryAfter },
		} as never);
		expect(only(result)).toMatchObject({ outcome: 'changed' });
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('for longer than Max Throttle Wait fails at once, with the time', async () => {
		const started = performance.now();
		const { story, result } = await pauseAnswered({
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '3600' },
		} as never);
		expect(performance.now() - started).toBeLessThan(10_000);
		expect(failure(result)).toMatchObject({
			outcome: 'failed',
			code: 'throttled',
			message: expect.stringMatching(/asks to wait until \d{4}-\d\d-\d\dT/),
			description: expect.stringContaining('Max Throttle Wait'),
		});
		expect(story.done()).toEqual([]);
	});

	it('of a read is waited for as well', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({
			route: 'contract',
			kind: 'status',
			status: 409,
			headers: { 'retry-after': '1' },
		});
		expect(only(await story.pause(HOT_DESK))).toMatchObject({ outcome: 'changed', attempts: 1 });
	});
});

describe('a read that does not succeed', () => {
	const get = { operation: 'get', contractId: HOT_DESK };

	it.each([
		['404', { kind: 'status', status: 404, body: '{"Message":"Contract not found."}' }, 'refused'],
		['403', { kind: 'status', status: 403 }, 'refused'],
		['a redirect', { kind: 'redirect', status: 302 }, 'refused'],
		['a web page', { kind: 'html', times: 9 }, 'failed'],
		['an empty body', { kind: 'status', status: 200, times: 9 }, 'failed'],
		[
			'a number',
			{ kind: 'status', status: 200, body: '7', headers: JSON_TYPE, times: 9 },
			'failed',
		],
		['broken JSON', { kind: 'badJson', times: 9 }, 'failed'],
		['half a body', { kind: 'halfBody', times: 9 }, 'failed'],
		['status 500', { kind: 'status', status: 500, times: 9 }, 'failed'],
		['a reset', { kind: 'resetBeforeCommit', times: 9 }, 'failed'],
		['a closed connection', { kind: 'refuse', times: 9 }, 'failed'],
		['silence', { kind: 'stall', commit: 'never', times: 9 }, 'failed'],
	] as const)('by %s says so', async (_, fault, outcome) => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'contract', ...fault } as FaultRule);
		const settings = { requestSettings: { timeout: 200, maxAttempts: 2 } };
		const error = failure(await story.run({ ...get, ...settings }, CONTINUE));
		expect(error).toMatchObject({
			outcome,
			contractId: 700100,
			before: null,
			after: null,
			attempts: 0,
		});
		expect(String(error.message)).toMatch(/Nexudus|portal/);
		expect(String(error.description)).toMatch(/\w{4}/);
		expect(JSON.stringify(error)).not.toMatch(/<html|<!DOCTYPE/i);
	});

	it.each([
		['a reset', { kind: 'resetBeforeCommit' }],
		['status 500', { kind: 'status', status: 500 }],
		['a web page', { kind: 'html' }],
		['half a body', { kind: 'halfBody' }],
	] as const)('by %s once is simply read again', async (_, fault) => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'contract', ...fault } as FaultRule);
		expect(only(await story.run(get))).toMatchObject({ contractId: 700100 });
	});

	it('before a write means that nothing was changed', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'meta', kind: 'status', status: 503, times: 9 });
		expect(failure(await story.pause(HOT_DESK, {}, CONTINUE))).toMatchObject({
			outcome: 'failed',
			code: 'http503',
			description: expect.stringContaining('Nothing was changed'),
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('because nothing listens is never an unknown outcome', async () => {
		const story = await tellStory();
		await story.run(get);
		await story.sandbox.refuseConnections(true);
		const error = failure(await story.pause(HOT_DESK, {}, CONTINUE));
		expect(error).toMatchObject({ outcome: 'failed', code: 'ECONNREFUSED', attempts: 0 });
	});
});

describe('who is signed in', () => {
	it('is named where a contract is not known', async () => {
		const story = await tellStory();
		const error = failure(await story.pause(999999, {}, CONTINUE));
		expect(error).toMatchObject({ code: 'http404' });
		expect(error.description).toContain('Signed in as Maria Sol.');
	});

	it('is named with the current one of several profiles, which is never switched', async () => {
		const story = await tellStory({ credential: { email: 'tom@example.test' } });
		const error = failure(await story.run({ operation: 'get', contractId: 999999 }, CONTINUE));
		expect(error.description).toContain(
			'Signed in as Tom Weber; the current one of 2 profiles is "Tom Weber"',
		);
		expect(error.description).toContain('never switches');
		expect(story.writesSent()).toEqual([]);
		expect(story.asked()).toEqual(['GET contract 999999', 'GET profiles']);
	});

	it('is asked once for many items, with a read that leaves the token out', async () => {
		const story = await tellStory();
		const { items } = await story.run(
			{ operation: 'get', contractId: '={{ $json.id }}' },
			{ ...CONTINUE, items: [1, 2, 3, 4, 5].map((id) => ({ json: { id } })) },
		);
		expect(items).toHaveLength(5);
		const profiles = story.sandbox.requests.filter(({ kind }) => kind === 'profiles');
		expect(profiles).toHaveLength(1);
		expect(profiles[0]!.query._shape).not.toContain('AccessToken');
	});

	it('does not leak the token where the profile is answered whole', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({
			route: 'profiles',
			kind: 'status',
			status: 200,
			headers: JSON_TYPE,
			body: '{"User":{"Id":1,"FullName":"Maria","AccessToken":"let-me-in-12345678"}}',
		});
		const result = await story.pause(999999, {}, CONTINUE);
		expect(JSON.stringify(result.runData)).not.toContain('let-me-in');
		expect(failure(result).description).toContain('Signed in as Maria.');
	});

	it("leaves a token out of a record that echoes it, and out of the vendor's words", async () => {
		const story = await tellStory();
		story.sandbox.faults.order({
			route: 'contract',
			kind: 'status',
			status: 200,
			headers: JSON_TYPE,
			body: '{"Id":1,"User":{"AccessToken":"let-me-in-12345678","access_token":"let-me-in-2"}}',
		});
		const raw = await story.run({ operation: 'get', contractId: HOT_DESK, simplify: false });
		expect(only(raw)).toEqual({ Id: 1, User: {} });

		story.sandbox.faults.order({
			route: 'contract',
			kind: 'status',
			status: 400,
			body: 'Your header was Authorization: Bearer abc.def-123456789',
		});
		const refused = await story.run({ operation: 'get', contractId: HOT_DESK }, CONTINUE);
		expect(failure(refused).message).toContain('Bearer ***');
	});
});

import type { FaultRule } from '../../../sandbox/wire/faults';
import { CONTINUE, failure, HOT_DESK, MARIA, OPERATOR_CREDENTIAL, operatorAt } from '../story';
import { OLGA, requests, tellOperatorStory } from './members';

const FOR_MARIA = { coworkerId: MARIA };
const DORA = 'dora@example.test';

type Fault = FaultRule & { route: 'impersonate' | 'exchange' };

const faults: Array<[step: string, fault: Fault, code: string, message: RegExp]> = [
	[
		'the impersonation is refused',
		{ route: 'impersonate', kind: 'status', status: 403, body: '{"Message":"No."}' },
		'mayNotActForMembers',
		/^Nexudus does not let this operator act for coworker 15001 \(status 403 \("No\."\)\)$/,
	],
	[
		'the impersonation is refused for another reason',
		{ route: 'impersonate', kind: 'status', status: 400 },
		'impersonationRefused',
		/^Nexudus gave no impersonation token for coworker 15001: it answered with status 400/,
	],
	[
		'the impersonation redirects',
		{ route: 'impersonate', kind: 'redirect', status: 302 },
		'impersonationRefused',
		/status 302/,
	],
	[
		'the impersonation breaks down',
		{ route: 'impersonate', kind: 'status', status: 500 },
		'impersonationFailed',
		/^No impersonation token for coworker 15001 could be had: status 500/,
	],
	[
		'the impersonation is cut',
		{ route: 'impersonate', kind: 'resetBeforeCommit' },
		'impersonationFailed',
		/could be had: the connection was cut$/,
	],
	[
		'the impersonation answers with a web page',
		{ route: 'impersonate', kind: 'html' },
		'noImpersonationToken',
		/^The answer of Nexudus holds no impersonation token for coworker 15001 \(status 200\)$/,
	],
	[
		'the impersonation answers without a token',
		{ route: 'impersonate', kind: 'status', status: 200, body: '{"Token":"abc.def"}' },
		'noImpersonationToken',
		/holds no impersonation token/,
	],
	[
		'the impersonation answers with a token that is none',
		{ route: 'impersonate', kind: 'status', status: 200, body: '{"token":"two words"}' },
		'noImpersonationToken',
		/holds no impersonation token/,
	],
	[
		'the exchange is refused',
		{ route: 'exchange', kind: 'status', status: 400, body: '"bad_token"' },
		'exchangeRefused',
		/^Nexudus did not exchange the impersonation token of coworker 15001 for a session: it answered with status 400/,
	],
	[
		'the exchange is refused with 401',
		{ route: 'exchange', kind: 'status', status: 401 },
		'exchangeRefused',
		/it answered with status 401$/,
	],
	[
		'the exchange breaks down',
		{ route: 'exchange', kind: 'status', status: 503 },
		'exchangeFailed',
		/^The impersonation token of coworker 15001 could not be exchanged for a session: status 503$/,
	],
	[
		'the exchange is cut',
		{ route: 'exchange', kind: 'resetAfterCommit' },
		'exchangeFailed',
		/could not be exchanged for a session: the connection was cut$/,
	],
	[
		'the exchange answers with a web page',
		{ route: 'exchange', kind: 'html' },
		'noMemberSession',
		/^The answer of Nexudus to the exchange holds no session of coworker 15001 \(status 200\)$/,
	],
	[
		'the exchange answers without a token',
		{ route: 'exchange', kind: 'status', status: 200, body: '{"refresh_token":"abc"}' },
		'noMemberSession',
		/holds no session of coworker 15001/,
	],
];

describe('no session of a member, because', () => {
	it.each(faults)('%s: said in its own words, nothing is sent', async (_, fault, code, message) => {
		const story = await tellOperatorStory();
		story.sandbox.faults.order({ ...fault, times: Infinity });
		const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
		expect(error).toMatchObject({
			code,
			outcome: 'failed',
			attempts: 0,
			contractId: HOT_DESK,
			coworkerId: MARIA,
		});
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(/\w{4}/);
		expect(error.description).toMatch(/Nothing was changed\.$/);
		expect(story.writesSent()).toEqual([]);
		expect(requests(story, 'contract')).toEqual([]);
	});

	it.each(faults.filter(([, { kind }]) => kind.startsWith('reset')))(
		'%s, once: both steps are sent again',
		async (_, fault) => {
			const story = await tellOperatorStory();
			story.sandbox.faults.order(fault);
			await story.pause(HOT_DESK, FOR_MARIA);
			expect(story.done()).toEqual([`pause ${HOT_DESK}`]);
			expect(requests(story, 'impersonate')).toHaveLength(2);
		},
	);

	it('the portal is another one than the credential says', async () => {
		const story = await tellOperatorStory({ operator: { portalUrl: 'http://127.0.0.1:9' } });
		const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
		expect(error).toMatchObject({ code: 'exchangeFailed' });
		expect(error.message).toMatch(/the connection was refused$/);
		expect(story.writesSent()).toEqual([]);
	});

	it('the administrator has not the right: nobody signs in again, the next item is not asked for', async () => {
		const story = await tellOperatorStory({ operator: { email: DORA } });
		const items = [MARIA, 15_002, MARIA].map((coworker) => ({ json: { coworker } }));
		const { items: output } = await story.run(
			{ operation: 'get', contractId: HOT_DESK, coworkerId: '={{ $json.coworker }}' },
			{ ...CONTINUE, items },
		);
		expect(output.map(({ json }) => (json.error as { code: string }).code)).toEqual(
			Array(3).fill('mayNotActForMembers'),
		);
		// Another read shows that the session is good.
		expect(story.sandbox.signIns).toHaveLength(1);
		// Both members that are asked for at once, and both once more.
		expect(requests(story, 'impersonate')).toHaveLength(4);
		expect(requests(story, 'exchange')).toEqual([]);
	});

	it("the account is a customer's", async () => {
		const story = await tellOperatorStory({ operator: { email: 'maria@example.test' } });
		const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
		expect(error).toMatchObject({ code: 'mayNotActForMembers' });
		expect(error.description).toMatch(/A customer's own login does not work here/);
	});

	it('the operator cannot sign in: told once, not tried for the next item', async () => {
		const story = await tellOperatorStory({ operator: { password: 'wrong' } });
		const items = Array.from({ length: 5 }, () => ({ json: {} }));
		const { items: output } = await story.pause(HOT_DESK, FOR_MARIA, { ...CONTINUE, items });
		for (const { json } of output) {
			expect(json.error).toMatchObject({
				code: 'signIn',
				message: expect.stringMatching(
					/^Nexudus sign-in: the e-mail or the password is not right.*Nexudus dashboard/,
				),
			});
		}
		expect(story.sandbox.signIns).toHaveLength(1);
		expect(requests(story, 'impersonate')).toEqual([]);
	});

	it.each([
		['adminUrl', '', /'Admin URL' is empty/],
		['adminUrl', 'http://spaces.nexudus.com', /'Admin URL' does not use https/],
		['portalUrl', '', /'Portal URL' is empty/],
		['portalUrl', 'https://myspace.spaces.nexudus.com/en', /'Portal URL' holds a path/],
	])('the credential has %s %j', async (field, value, message) => {
		const story = await tellOperatorStory({ operator: { [field]: value } });
		const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
		expect(error).toMatchObject({ code: 'credential', message: expect.stringMatching(message) });
		expect(story.sandbox.requests).toEqual([]);
	});

	it('the throttle is too long: the wait is named, not the step', async () => {
		const story = await tellOperatorStory();
		story.sandbox.faults.order({
			route: 'exchange',
			kind: 'status',
			status: 409,
			headers: { 'retry-after': '900' },
		});
		const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
		expect(error).toMatchObject({ code: 'throttled' });
		expect(story.writesSent()).toEqual([]);
	});
});

it('a wait that Nexudus asks for between the steps is waited for', async () => {
	const story = await tellOperatorStory();
	story.sandbox.faults.order({
		route: 'exchange',
		kind: 'status',
		status: 409,
		headers: { 'retry-after': '1' },
	});
	await story.pause(HOT_DESK, FOR_MARIA);
	expect(story.done()).toEqual([`pause ${HOT_DESK}`]);
});

it('a portal that repeats the token in its refusal is not quoted', async () => {
	const story = await tellOperatorStory();
	story.sandbox.faults.order({ route: 'exchange', kind: 'delay', ms: 100 });
	const running = story.pause(HOT_DESK, FOR_MARIA, CONTINUE);
	await story.until(() => requests(story, 'exchange').length > 0);
	const token = story.sandbox.tokens.at(-1)!;
	story.sandbox.faults.order({
		route: 'exchange',
		kind: 'status',
		status: 400,
		body: JSON.stringify({ Message: `Token ${token} is not valid` }),
		times: Infinity,
	});
	// The first exchange is refused too, so that a second one meets the answer above.
	story.sandbox.setReadings({ shortestSession: 'documented' });
	expect(failure(await running).message).toMatch(/it answered with status 400$/);
});

it('the error says who may and may not, for the operator that the credential names', async () => {
	const story = await tellOperatorStory();
	story.store.save(OPERATOR_CREDENTIAL, {
		...operatorAt(story.sandbox.url),
		email: DORA,
	} as never);
	const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
	expect(error).toMatchObject({ audit: { actAs: 'operator', operator: DORA, coworkerId: MARIA } });
	expect(error.audit).not.toMatchObject({ operator: OLGA });
});

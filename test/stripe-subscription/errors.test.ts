import { testCredential } from '../../embedded-n8n';
import { StripeSubscriptionApi } from '../../packages/n8n-nodes-stripe-subscription/credentials/StripeSubscriptionApi.credentials';
import { CREDENTIAL, tellStory } from './story';

const json = { 'content-type': 'application/json' };
const envelope = (error: object) => JSON.stringify({ error });

describe("Stripe's errors in words", () => {
	it('an unknown subscription: type, code, param and request are in the message', async () => {
		const { failure } = await tellStory();
		const error = await failure('pause', 'sub_none');
		expect(error).toMatchObject({ code: 'resource_missing', outcome: 'refused' });
		expect(error.message).toContain("No such subscription: 'sub_none'");
		expect(error.message).toContain(
			'(type invalid_request_error, code resource_missing, param id, request req_1)',
		);
		expect(error.description).toContain('test key');
	});

	it('a wrong key', async () => {
		const { failure, writes } = await tellStory({ secretKey: 'sk_test_wrong' });
		const error = await failure('pause', 'sub_active');
		expect(error.code).toBe('http401');
		expect(error.message).not.toContain('sk_test_wrong');
		expect(writes()).toEqual([]);
	});

	it.each([
		[
			'a declined card',
			402,
			{ type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
			'card_declined',
			'payment method',
		],
		[
			'a missing permission',
			403,
			{ type: 'invalid_request_error' },
			'invalid_request_error',
			'permission',
		],
		[
			'a key with other fields',
			400,
			{ type: 'idempotency_error' },
			'idempotency_error',
			'execution',
		],
		[
			'an unknown field',
			400,
			{ type: 'invalid_request_error', code: 'parameter_unknown', param: 'bill_for' },
			'parameter_unknown',
			'API Version',
		],
		['nothing said', 400, {}, 'http400', 'Get'],
	])('%s', async (_, status, error, code, way) => {
		const { failure, sandbox, writes } = await tellStory();
		const body = envelope({ message: 'Some words of Stripe.', ...error });
		sandbox.faults.order({ route: 'pause', kind: 'status', status, headers: json, body });
		const failed = await failure('pause', 'sub_active');
		expect(failed).toMatchObject({ code, outcome: 'refused', attempts: 1 });
		expect(failed.message).toContain('Some words of Stripe.');
		expect(failed.description).toContain(way);
		expect(writes()).toHaveLength(1);
	});

	it('a redirect is not followed', async () => {
		const { failure, sandbox, writes } = await tellStory();
		sandbox.faults.order({ route: 'pause', kind: 'redirect', status: 307 });
		expect((await failure('pause', 'sub_active')).message).toContain('redirect');
		expect(writes()).toHaveLength(1);
	});

	it.each([
		['another object', { id: 'sub_paused', object: 'customer', status: 'active' }],
		['no status', { id: 'sub_paused', object: 'subscription' }],
		['a status that is no text', { id: 'sub_paused', object: 'subscription', status: null }],
	])('a read that shows %s tells nothing', async (_, record) => {
		const { failure, output, sandbox, done, writes } = await tellStory();
		const body = JSON.stringify(record);
		const strange = { kind: 'status', status: 200, headers: json, body, times: Infinity } as const;
		sandbox.faults.order({ route: 'subscription', ...strange });
		const before = await failure('resume', 'sub_paused');
		expect(before).toMatchObject({ outcome: 'failed', attempts: 0 });
		expect(writes()).toEqual([]);

		sandbox.faults.clear();
		sandbox.faults.order({ route: 'subscription', skip: 1, ...strange });
		const after = await output('resume', 'sub_paused');
		expect(after).toMatchObject({ outcome: 'changed', verified: false, verification: 'notRead' });
		expect(done()).toEqual(['resume sub_paused']);
	});

	it('a web page is not an answer', async () => {
		const { failure, sandbox } = await tellStory();
		sandbox.faults.order({ route: 'subscription', kind: 'html', times: Infinity });
		expect((await failure('get', 'sub_active')).description).toContain('API URL');
	});
});

describe('the credential', () => {
	it.each([
		['apiUrl', 'http://api.example.test', 'https'],
		['apiUrl', 'https://api.stripe.com/v1', 'path'],
		['apiUrl', '', 'empty'],
		['secretKey', 'pk_test_123', 'publishable'],
		['secretKey', '', 'no key'],
		['secretKey', 'abc', 'no key'],
		['apiVersion', 'latest', 'API Version'],
	])('%s = %s is refused before anything is sent', async (field, value, words) => {
		const { failure, sandbox } = await tellStory({ [field]: value });
		const error = await failure('pause', 'sub_active');
		expect(error).toMatchObject({ code: 'credential', outcome: 'refused' });
		expect(error.message).toContain(words);
		expect(sandbox.requests).toEqual([]);
	});

	it('the test tells a good key from a bad one and from no API at all', async () => {
		const { store, sandbox } = await tellStory();
		const { test } = new StripeSubscriptionApi();
		expect(await testCredential(store, test, CREDENTIAL)).toMatchObject({ status: 'OK' });
		expect(sandbox.requests[0]).toMatchObject({
			path: '/v1/subscriptions',
			version: '2026-10-28.endive',
		});
		sandbox.faults.order({ route: 'list', kind: 'html' });
		expect(await testCredential(store, test, CREDENTIAL)).toMatchObject({ status: 'Error' });
		const bad = await tellStory({ secretKey: 'sk_test_wrong' });
		expect(await testCredential(bad.store, test, CREDENTIAL)).toMatchObject({ status: 'Error' });
	});
});

describe('bad input', () => {
	const past = '2001-01-01T00:00:00Z';
	it.each<[string, unknown, Record<string, unknown>]>([
		...[
			'',
			' ',
			'sub',
			'sub_',
			'sub_sched_1',
			'sub_a/../x',
			'sub_a?b',
			'sub_ä',
			'cus_1',
			'SUB_1',
			`sub_${'a'.repeat(300)}`,
			1,
			0,
			-1,
			1.5,
			true,
			null,
			[],
			{},
			['sub_a'],
		].map((id): [string, unknown, Record<string, unknown>] => ['pause', id, {}]),
		['pause', 'sub_active', { type: 'forever' }],
		['pause', 'sub_active', { invoicing_behavior: 'now' }],
		['pause', 'sub_active', { invoicing_behavior: '' }],
		['pause', 'sub_active', { bill_for: { outstanding_usage_through: 'later' } }],
		['pause', 'sub_active', { bill_for: { unused_time_from: 1 } }],
		['pause', 'sub_active', { options: { ifAlreadyPaused: 'maybe' } }],
		['pause', 'sub_active', { dryRun: 'perhaps' }],
		['resume', 'sub_paused', { billing_cycle_anchor: 'later' }],
		['resume', 'sub_paused', { billing_cycle_anchor: 'unchanged', proration_behavior: 'some' }],
		['resume', 'sub_paused', { payment_behavior: 'never' }],
		['resume', 'sub_paused', { expand: 'customer[0]' }],
		['resume', 'sub_paused', { expand: 'a.b.c.d.e' }],
		['resume', 'sub_paused', { options: { ifNotPaused: 'accept' } }],
		...['2027-02-30', 'tomorrow', 123, 1.5, -1_900_000_000, 1_900_000_000_000, '1e9', true, {}].map(
			(date): [string, unknown, Record<string, unknown>] => [
				'resume',
				'sub_paused',
				{ billing_cycle_anchor: 'unchanged', proration_date: date },
			],
		),
		...[past, 1_000_000_000, '2027-13-01', 'NaN', [1_900_000_000]].map(
			(date): [string, unknown, Record<string, unknown>] => [
				'pauseCollection',
				'sub_active',
				{ resumes_at: date },
			],
		),
		['pauseCollection', 'sub_active', { behavior: 'discard' }],
		['pauseCollection', 'sub_active', { behavior: '' }],
		['resumeCollection', 'sub_active', { options: { ifNotPaused: 'x' } }],
		['get', 'sub active', {}],
		['get', 'sub_active', { simplify: 'x' }],
		['previewResume', 'sub_paused', { billing_cycle_anchor: 'x' }],
	])('%s %j %j: an error, and no request', async (operation, subscription, parameters) => {
		const { failure, sandbox } = await tellStory();
		const given = Object.fromEntries(
			Object.entries(parameters).map(([name, value]) => [name, asExpression(value)]),
		);
		const error = await failure(operation, asExpression(subscription), given as never);
		expect(error).toMatchObject({ code: 'badInput', outcome: 'refused', attempts: 0 });
		expect(error.message).toMatch(/^'/);
		expect(error.description).not.toBe('');
		expect(sandbox.requests).toEqual([]);
	});

	/** What is no text, or empty, reaches a field only by an expression. */
	function asExpression(value: unknown): unknown {
		if (typeof value === 'string' && value !== '') return value;
		const isCollection =
			typeof value === 'object' && !Array.isArray(value) && Object.keys(value ?? {}).length > 0;
		return isCollection ? value : `={{ ${JSON.stringify(value)} }}`;
	}
});

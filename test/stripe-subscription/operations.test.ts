import { subscriptionSeed } from '../../packages/n8n-nodes-stripe-subscription/sandbox/story';
import { DAHLIA, tellStory } from './story';

const NOW = new Date('2027-03-01T09:00:00Z');
const HOURS = 3_600_000;

describe('pause', () => {
	it('pauses, and shows what was and what is', async () => {
		const { output, done, sandbox } = await tellStory({}, NOW);
		const json = await output('pause', 'sub_active', { options: { reason: 'Holiday' } });
		expect(json).toMatchObject({
			system: 'stripe',
			id: 'sub_active',
			subscriptionId: 'sub_active',
			operation: 'pause',
			outcome: 'changed',
			changed: true,
			verified: true,
			verification: 'confirmed',
			sameAsAsked: true,
			before: { state: 'none', status: 'active', canBePaused: true },
			after: {
				state: 'active',
				status: 'paused',
				pauseKind: 'subscription',
				pauseReason: 'pause_requested',
				pausedUntilUtc: null,
			},
			request: {
				method: 'POST',
				url: `${sandbox.url}/v1/subscriptions/sub_active/pause`,
				body: { type: 'subscription', invoicing_behavior: 'pending_invoice_item' },
			},
			attempts: 1,
			audit: { reason: 'Holiday', apiVersion: '2026-10-28.endive', livemode: false },
		});
		expect(json.after.pausedFromUtc).toMatch(/^2027-03-01T09:00:0/);
		expect(done()).toEqual(['pause sub_active']);
	});

	it.each([
		['unchanged', 'sub_paused', true],
		['unchanged', 'sub_trialended', null],
		['accept', 'sub_cardfails', null],
	])('already paused, %s: %s is unchanged', async (ifAlreadyPaused, id, sameAsAsked) => {
		const { output, writes } = await tellStory();
		const json = await output('pause', id, { options: { ifAlreadyPaused } });
		expect(json).toMatchObject({ outcome: 'unchanged', verification: 'confirmed', sameAsAsked });
		expect(writes()).toEqual([]);
	});

	it.each([
		['sub_classic', 'classicBilling'],
		['sub_scheduled', 'hasSchedule'],
		['sub_canceled', 'ended'],
		['sub_incomplete', 'incomplete'],
	])('%s is refused before anything is sent: %s', async (id, code) => {
		const { failure, writes } = await tellStory();
		expect(await failure('pause', id)).toMatchObject({
			code,
			outcome: 'refused',
			subscriptionId: id,
			attempts: 0,
		});
		expect(writes()).toEqual([]);
	});

	it('an existing pause fails where that is asked for', async () => {
		const { failure } = await tellStory();
		const error = await failure('pause', 'sub_paused', { options: { ifAlreadyPaused: 'fail' } });
		expect(error).toMatchObject({ code: 'alreadyPaused', outcome: 'refused' });
		expect(error.message).toContain('pause_requested');
	});

	it('a version without the pause call is refused before anything is sent', async () => {
		const { failure, writes } = await tellStory({ apiVersion: DAHLIA });
		expect(await failure('pause', 'sub_active')).toMatchObject({ code: 'apiVersionTooOld' });
		expect(writes()).toEqual([]);
	});
});

describe('resume', () => {
	it('resumes what is paused by status', async () => {
		const { output, done } = await tellStory();
		expect(await output('resume', 'sub_paused')).toMatchObject({
			outcome: 'changed',
			verification: 'confirmed',
			before: { status: 'paused' },
			after: { state: 'none', status: 'active', latestInvoice: { status: 'paid' } },
		});
		expect(done()).toEqual(['resume sub_paused']);
	});

	it('lifts a pause of collection, which /resume would not, and says so', async () => {
		const { output, done, writes } = await tellStory();
		const json = await output('resume', 'sub_collectionpaused');
		expect(json).toMatchObject({
			operation: 'resume',
			outcome: 'changed',
			verification: 'confirmed',
			before: { state: 'active', pauseKind: 'collection', status: 'active' },
			after: { state: 'none' },
			request: { body: { pause_collection: '' } },
		});
		expect(json.hint).toContain('pause_collection');
		expect(writes()[0].fields).toEqual({ pause_collection: '' });
		expect(done()).toEqual(['resumeCollection sub_collectionpaused']);
	});

	it('where both are there it lifts the status, and names what is left', async () => {
		const { output } = await tellStory();
		const json = await output('resume', 'sub_bothpaused');
		expect(json).toMatchObject({ outcome: 'changed', after: { pauseKind: 'collection' } });
		expect(json.hint).toContain('payment collection is still paused');
	});

	it('200 is not active: with an invoice to be paid the output says what happens next', async () => {
		const { output, sandbox, writes } = await tellStory({}, NOW);
		const json = await output('resume', 'sub_payslater');
		expect(json).toMatchObject({
			outcome: 'changed',
			verified: false,
			verification: 'notVisible',
			sameAsAsked: null,
			after: { status: 'paused', latestInvoice: { status: 'open' } },
		});
		expect(json.hint).toMatch(/stays paused until .* in_payslater1 is paid.*23 hours/);

		sandbox.clock.advance(HOURS);
		const again = await output('resume', 'sub_payslater');
		expect(again).toMatchObject({ outcome: 'unchanged', verification: 'notVisible' });
		expect(again.hint).toContain('23 hours');
		expect(writes()).toHaveLength(1);

		sandbox.pay('sub_payslater');
		expect(await output('resume', 'sub_payslater')).toMatchObject({
			outcome: 'unchanged',
			verified: true,
			after: { status: 'active' },
		});
	});

	it('after 23 hours the invoice is void, and a new resume makes a new one', async () => {
		const { output, sandbox, done } = await tellStory({}, NOW);
		await output('resume', 'sub_payslater');
		sandbox.clock.advance(24 * HOURS);
		expect(await output('resume', 'sub_payslater')).toMatchObject({ outcome: 'changed' });
		expect(done()).toEqual(['resume sub_payslater', 'resume sub_payslater']);
	});

	describe('an invoice that somebody else’s resume may have made', () => {
		const pausedWith = (status: 'draft' | 'open', madeAfter: number, trial = false) => {
			const now = NOW.getTime() / 1000;
			const at = now - 10_000;
			return subscriptionSeed('sub_elsewhere', now, {
				status: 'paused',
				paused: { at, why: trial ? 'trial_end_without_payment_method' : 'pause_requested' },
				trialEnd: trial ? at : null,
				periodEnd: at,
				invoices: [
					{ id: 'in_1', status, amount: 2_000, created: at + madeAfter, forResume: madeAfter > 0 },
				],
			});
		};

		it.each(['draft', 'open'] as const)('%s: no second resume', async (status) => {
			const { output, sandbox, writes } = await tellStory({}, NOW);
			sandbox.add(pausedWith(status, 3_600));
			const json = await output('resume', 'sub_elsewhere');
			expect(json).toMatchObject({ outcome: 'unchanged', verified: false, sameAsAsked: null });
			expect(json.hint).toContain('until the resumption invoice in_1 is paid');
			expect(writes()).toEqual([]);
		});

		it('where Stripe does not say since when it is paused: none either, and a way out', async () => {
			const { output, sandbox, writes } = await tellStory({ apiVersion: DAHLIA }, NOW);
			sandbox.add(pausedWith('open', 3_600));
			const json = await output('resume', 'sub_elsewhere');
			expect(json).toMatchObject({ outcome: 'unchanged', verified: false, sameAsAsked: null });
			expect(json.hint).toContain("'API Version'");
			expect(writes()).toEqual([]);
		});

		it.each([
			['of before the pause', {}, pausedWith('open', -3_600)],
			['of before the end of the trial', { apiVersion: DAHLIA }, pausedWith('open', -3_600, true)],
		])('%s is no resumption: it is resumed', async (_, credential, seed) => {
			const { output, sandbox, done } = await tellStory(credential, NOW);
			sandbox.add(seed);
			expect(await output('resume', 'sub_elsewhere')).toMatchObject({ outcome: 'changed' });
			expect(done()).toEqual(['resume sub_elsewhere']);
		});
	});

	it('past due is resumed, and named', async () => {
		const { output } = await tellStory();
		const json = await output('resume', 'sub_cardfails');
		expect(json).toMatchObject({
			outcome: 'changed',
			verification: 'confirmed',
			after: { status: 'past_due' },
		});
		expect(json.hint).toContain('past due');
	});

	it('waits for the payment where that is asked for', async () => {
		const { output } = await tellStory();
		const json = await output('resume', 'sub_cardfails', {
			payment_behavior: 'resume_on_payment_success',
		});
		expect(json).toMatchObject({ verification: 'notVisible', after: { status: 'paused' } });
		expect(json.hint).toContain('Stripe retries');
	});

	it('a plan to resume after a failed payment warns', async () => {
		const { output, writes } = await tellStory();
		const json = await output('resume', 'sub_cardfails', { dryRun: true });
		expect(json).toMatchObject({ outcome: 'planned', wouldDo: 'write' });
		expect(json.hint).toContain('Mend the payment method');
		expect(writes()).toEqual([]);
	});

	it.each([
		['sub_sendinvoice', {}, 'sendInvoice'],
		['sub_canceled', {}, 'ended'],
		['sub_active', { options: { ifNotPaused: 'fail' } }, 'notPaused'],
	])('%s is refused before anything is sent', async (id, parameters, code) => {
		const { failure, writes } = await tellStory();
		expect(await failure('resume', id, parameters)).toMatchObject({ code, outcome: 'refused' });
		expect(writes()).toEqual([]);
	});

	it('nothing to resume is unchanged', async () => {
		const { output, writes } = await tellStory();
		expect(await output('resume', 'sub_active')).toMatchObject({
			outcome: 'unchanged',
			verified: true,
		});
		expect(writes()).toEqual([]);
	});

	it('an older version has no payment behavior to wait with', async () => {
		const { failure } = await tellStory({ apiVersion: DAHLIA });
		const error = await failure('resume', 'sub_paused', {
			payment_behavior: 'resume_on_payment_success',
		});
		expect(error.code).toBe('apiVersionTooOld');
	});

	it('expanded fields come under raw', async () => {
		const { output } = await tellStory();
		const json = await output('resume', 'sub_paused', { expand: 'customer' });
		expect(json.after.raw.customer).toEqual({ id: 'cus_maria', object: 'customer' });
	});

	it('a key that may not read invoices is told so', async () => {
		const { failure, writes } = await tellStory({ secretKey: 'rk_test_noinvoices' });
		const error = await failure('resume', 'sub_paused');
		expect(error.description).toContain('read access to invoices');
		expect(error.message).not.toContain('noinvoices');
		expect(writes()).toEqual([]);
	});
});

describe('payment collection', () => {
	const resumes_at = '2040-01-01T00:00:00Z';

	it('is paused and resumed, and the empty text really goes out', async () => {
		const { output, writes, done } = await tellStory();
		const paused = await output('pauseCollection', 'sub_active', { behavior: 'void', resumes_at });
		expect(paused).toMatchObject({
			outcome: 'changed',
			verification: 'confirmed',
			sameAsAsked: true,
			after: {
				status: 'active',
				state: 'active',
				pauseKind: 'collection',
				collectionBehavior: 'void',
				pausedUntilUtc: '2040-01-01T00:00:00.000Z',
			},
		});
		expect(await output('resumeCollection', 'sub_active')).toMatchObject({
			outcome: 'changed',
			after: { state: 'none' },
		});
		expect(writes().map(({ fields }) => fields)).toEqual([
			{
				'pause_collection[behavior]': 'void',
				'pause_collection[resumes_at]': String(Date.parse(resumes_at) / 1000),
			},
			{ pause_collection: '' },
		]);
		expect(done()).toEqual(['pauseCollection sub_active', 'resumeCollection sub_active']);
	});

	it.each([
		['unchanged', 'refused', 'pausedDifferently'],
		['fail', 'refused', 'alreadyPaused'],
	])('another pause that is there, %s: %s', async (ifAlreadyPaused, outcome, code) => {
		const { failure, writes } = await tellStory();
		const error = await failure('pauseCollection', 'sub_collectionpaused', {
			behavior: 'keep_as_draft',
			options: { ifAlreadyPaused },
		});
		expect(error).toMatchObject({ outcome, code });
		expect(error.message).toContain('void until');
		expect(writes()).toEqual([]);
	});

	it('any pause counts where that is asked for', async () => {
		const { output } = await tellStory();
		expect(
			await output('pauseCollection', 'sub_collectionpaused', {
				options: { ifAlreadyPaused: 'accept' },
			}),
		).toMatchObject({ outcome: 'unchanged', sameAsAsked: false });
	});

	it('resuming collection of a subscription that is paused by status points to Resume', async () => {
		const { failure } = await tellStory();
		const error = await failure('resumeCollection', 'sub_paused', {
			options: { ifNotPaused: 'fail' },
		});
		expect(error.description).toContain("'Resume'");
	});
});

describe('reading', () => {
	it('shows one subscription', async () => {
		const { output } = await tellStory();
		expect(await output('get', 'sub_collectionpaused')).toMatchObject({
			subscriptionId: 'sub_collectionpaused',
			status: 'active',
			state: 'active',
			pauseKind: 'collection',
			customer: 'cus_maria',
		});
		expect(await output('get', 'sub_active', { simplify: false })).toMatchObject({
			id: 'sub_active',
			object: 'subscription',
		});
	});

	it('previews a resume, whose date gives the resume the same prorations', async () => {
		const { output, writes, sandbox } = await tellStory({}, NOW);
		const fields = { billing_cycle_anchor: 'unchanged', proration_behavior: 'always_invoice' };
		const preview = await output('previewResume', 'sub_paused', fields);
		expect(preview).toMatchObject({ amountDue: 2_000, currency: 'eur' });
		expect(preview.lines).toHaveLength(1);
		expect(sandbox.committed).toEqual([]);

		await output('resume', 'sub_paused', { ...fields, proration_date: preview.prorationDate });
		expect(writes()[0].fields.proration_date).toBe(String(preview.prorationDate));
	});

	it('a preview of what is not paused is an error of its own', async () => {
		const { failure } = await tellStory();
		expect(await failure('previewResume', 'sub_active')).toMatchObject({
			code: 'invoice_upcoming_none',
			outcome: 'refused',
		});
	});
});

describe('plans and tools', () => {
	it('a dry run sends nothing, and its plan id holds for the real run', async () => {
		const { output, writes, done } = await tellStory();
		const plan = await output('pause', 'sub_active', { dryRun: true });
		expect(plan).toMatchObject({
			outcome: 'planned',
			wouldDo: 'write',
			refusals: [],
			expectedDates: { inferred: true },
		});
		expect(writes()).toEqual([]);
		await output('pause', 'sub_active', { options: { expectedPlanId: plan.planId } });
		expect(done()).toEqual(['pause sub_active']);
	});

	it('a plan that is not the one expected is refused, and says what changed', async () => {
		const { output, failure, done } = await tellStory();
		const plan = await output('pause', 'sub_active', { dryRun: true });
		const error = await failure('pause', 'sub_active', {
			invoicing_behavior: 'invoice',
			options: { expectedPlanId: plan.planId },
		});
		expect(error).toMatchObject({ code: 'planChanged', outcome: 'refused' });
		expect(error.description).toContain('request');
		expect(done()).toEqual([]);
	});

	it('a day passes: the same plan; a renewal: another one', async () => {
		const { output, sandbox } = await tellStory({}, NOW);
		const planId = async () =>
			(await output('pause', 'sub_active', { dryRun: true })).planId as string;
		const first = await planId();
		sandbox.clock.advance(24 * HOURS);
		expect(await planId()).toBe(first);
		sandbox.clock.advance(25 * 24 * HOURS);
		expect(await planId()).not.toBe(first);
	});

	it('as a tool it writes only with a plan', async () => {
		const { run, done } = await tellStory();
		const { items } = await run('pause', 'sub_active', {}, { asTool: true });
		expect(JSON.stringify(items)).toContain('planRequired');
		expect(done()).toEqual([]);
	});
});

describe('many items', () => {
	it('each has its own true outcome, in order for the same subscription', async () => {
		const { sandbox, run } = await tellStory();
		const now = Math.floor(Date.now() / 1000);
		const ids = Array.from({ length: 12 }, (_, i) => `sub_bulk${i}`);
		sandbox.add(...ids.map((id) => subscriptionSeed(id, now)));
		const all = [...ids, 'sub_bulk3', 'sub_classic', 'sub_none'];
		const { items, errorItems } = await run(
			'pause',
			'={{ $json.id }}',
			{},
			{ items: all.map((id) => ({ json: { id } })), onError: 'continueErrorOutput' },
		);
		expect(items.map(({ json }) => json.outcome)).toEqual([
			...ids.map(() => 'changed'),
			'unchanged',
		]);
		expect(errorItems.map(({ json }) => (json.error as { code: string }).code)).toEqual([
			'classicBilling',
			'resource_missing',
		]);
		expect(sandbox.committed).toHaveLength(12);
	});
});

import type { StripeFault } from '../../packages/n8n-nodes-stripe-subscription/sandbox/createStripeSandbox';
import { ENDIVE, tellStory, type Story } from './story';

/** Somebody else changes the subscription while what became of the node's write is not known. */
const SUBSCRIPTION = 'sub_collectionpaused';

/** Strikes the write, and leaves time before the reads that follow it. */
function order({ sandbox }: Story, strike: object): void {
	sandbox.faults.order({ ...strike, route: 'update', subscription: SUBSCRIPTION } as StripeFault);
	sandbox.faults.order({
		kind: 'delay',
		ms: 150,
		route: 'subscription',
		subscription: SUBSCRIPTION,
		skip: 1,
	});
}

async function untilWritten({ writes }: Story): Promise<void> {
	while (writes()[0]?.fault === undefined || writes()[0]?.fault === null) {
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

/** Another program's request, with a key of its own. */
async function anotherHand({ sandbox }: Story, path: string, body: string): Promise<void> {
	const { ok } = await fetch(`${sandbox.url}/v1/subscriptions/${SUBSCRIPTION}${path}`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${sandbox.secretKey}`,
			'content-type': 'application/x-www-form-urlencoded',
			'stripe-version': ENDIVE,
		},
		body,
	});
	expect(ok).toBe(true);
}

it('a retry does not lift a pause that somebody has set since the first try', async () => {
	const story = await tellStory();
	order(story, { kind: 'resetBeforeCommit' });
	const ending = story.failure('resume', SUBSCRIPTION);
	await untilWritten(story);
	await anotherHand(story, '/pause', 'type=subscription');
	const { outcome, code, description } = await ending;

	expect([outcome, code]).toEqual(['unknown', 'outcomeUnknown']);
	expect(description).toContain('Stripe shows a change, but not the one asked for');
	expect(story.done()).toEqual([`pause ${SUBSCRIPTION}`]);
	expect(story.sandbox.subscription(SUBSCRIPTION)).toMatchObject({ status: 'paused' });
	expect(story.writes().map(({ path }) => path)).not.toContain(
		`/v1/subscriptions/${SUBSCRIPTION}/resume`,
	);
});

it('does not say that nothing was done where it was, and somebody has paused anew', async () => {
	const story = await tellStory();
	const headers = { 'content-type': 'application/json' };
	const body = '{"error":{"message":"Oops."}}';
	order(story, { kind: 'status', status: 500, headers, body, kept: true, commit: true });
	const ending = story.failure('resumeCollection', SUBSCRIPTION);
	await untilWritten(story);
	await anotherHand(story, '', 'pause_collection[behavior]=keep_as_draft');
	const { outcome } = await ending;

	expect(outcome).toBe('unknown');
	expect(story.done()).toHaveLength(2);
	expect(story.sandbox.subscription(SUBSCRIPTION).collection).toMatchObject({
		behavior: 'keep_as_draft',
	});
});

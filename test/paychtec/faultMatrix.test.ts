import type { PaychtecFault } from '../../packages/n8n-nodes-paychtec/sandbox/createPaychtecSandbox';
import { tellStory, type Story } from './story';

/**
 * Everything that can go wrong, at pause and resume, in every mode of n8n for errors. What the node
 * reports is judged by what the stand-in has carried out.
 */
type Strike = PaychtecFault extends infer F
	? F extends unknown
		? Omit<F, 'route'>
		: never
	: never;

const ALWAYS = Infinity;
/** Of one call, in ms, where the fault is that it takes too long. */
const LIMIT = 200;
const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
const status = (code: number, more: object = {}): Strike =>
	({ kind: 'status', status: code, ...more }) as Strike;

type Expected = 'changed' | 'refused' | 'failed' | 'unknown';
/** What strikes the write, the reads before it, and the reads after it. */
type Case = [name: string, expected: Expected, write?: Strike, before?: Strike, after?: Strike];

const CASES: Case[] = [
	['no fault', 'changed'],
	['reset before commit, always', 'unknown', { kind: 'resetBeforeCommit', times: ALWAYS }],
	['stall, done late', 'changed', { kind: 'stall', commit: 'after', ms: 2 * LIMIT }],
	['drip without end', 'changed', { kind: 'drip', ms: 5 }],
	['broken JSON, not done', 'changed', { kind: 'badJson', commit: false }],
	['500 always', 'unknown', status(500, { times: ALWAYS })],
	['504, done late', 'changed', status(504, { commitAfter: 2 * LIMIT })],
	['429 with Retry-After of a day', 'failed', status(429, { headers: { 'retry-after': '86400' } })],
	['401', 'failed', status(401)],
	['402', 'refused', status(402)],
	['422', 'refused', status(422)],
	['redirect 302', 'refused', { kind: 'redirect', status: 302 }],
	['slow but well', 'changed', { kind: 'slowButOk', ms: 60 }],
	['read before: reset', 'changed', undefined, { kind: 'resetBeforeCommit' }],
	['read before: 500 always', 'failed', undefined, status(500, { times: ALWAYS })],
	['read before: 404', 'refused', undefined, status(404)],
	['read before: web page', 'changed', undefined, { kind: 'html' }],
	['read after: 500 once', 'changed', undefined, undefined, status(500)],
	['read after: 500 always', 'changed', undefined, undefined, status(500, { times: ALWAYS })],
	[
		'reset after commit, then no read succeeds',
		'unknown',
		{ kind: 'resetAfterCommit' },
		undefined,
		status(500, { times: ALWAYS }),
	],
];

async function report(
	story: Story,
	operation: 'pause' | 'resume',
	id: string,
	mode: (typeof MODES)[number],
): Promise<string> {
	const requestSettings = { writeTimeout: LIMIT, maxThrottleWait: 5_000 };
	const { items, errorItems, error } = await story[operation](
		id,
		{ requestSettings },
		{ onError: mode },
	);
	const all = [...items, ...errorItems].map(({ json }) => json);
	expect(all.length + (error ? 1 : 0)).toBe(1);
	const said = `${error?.message} ${error?.description ?? ''}`;
	if (error) return /not known|under way/.test(said) ? 'unknown' : 'error';
	const failed = all[0]?.error as { outcome: string } | undefined;
	return failed?.outcome ?? String(all[0]?.outcome);
}

describe.each([
	['pause', 'sub_abc123'],
	['resume', 'sub_paused'],
] as const)('%s of %s', (operation, id) => {
	it.each(CASES)('%s: %s', async (...given) => {
		const [name, expected, write, before, after] = given;
		for (const mode of MODES) {
			const story = await tellStory();
			const order = (strike: Strike | undefined, route: PaychtecFault['route'], skip = 0) => {
				if (strike) story.sandbox.faults.order({ ...strike, route, skip } as PaychtecFault);
			};
			order(write, operation);
			order(before, 'subscription');
			// The one read before the write passes.
			order(after, 'subscription', 1);

			const outcome = await report(story, operation, id, mode);
			const done = story.done().length;
			expect(done).toBeLessThanOrEqual(1);
			if (outcome === 'changed') expect(done).toBe(1);
			if (['refused', 'failed', 'error', 'unchanged'].includes(outcome)) expect(done).toBe(0);
			const stops = mode === 'stopWorkflow' && ['refused', 'failed'].includes(expected);
			expect(outcome).toBe(stops ? 'error' : expected);

			// What was given up may act late; then the same call comes again.
			if (name.includes('late')) await new Promise((resolve) => setTimeout(resolve, 2 * LIMIT));
			story.sandbox.faults.clear();
			await report(story, operation, id, 'continueRegularOutput');
			expect(story.done().length).toBeLessThanOrEqual(1);
		}
	});
});

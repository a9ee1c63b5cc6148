import type { Mutant } from './simulated';

const carryOut = 'guarded-change/carryOut.ts';
const classify = 'guarded-change/classify.ts';
const rules = 'nodes/Nexudus/rules.ts';

export const mutant = (name: string, file: string, find: string, replace: string): Mutant => ({
	name,
	patches: [{ file, find, replace }],
});

export const CONFIRMS_WITHOUT_A_LOOK = mutant(
	'confirms without a look',
	'guarded-change/verify.ts',
	"if (sight === 'differs') return course.contradicted(after, proves());",
	'return course.confirmed(after, sentAt);',
);

export const CALLS_FAILED_WHAT_MAY_ACT = mutant(
	'calls a write failed that may still act',
	'guarded-change/course.ts',
	'this.mayHaveActed ||= this.tools.system.replays || !finished;',
	'this.mayHaveActed = false;',
);

export const MUTANTS: readonly Mutant[] = [
	mutant(
		'sends again after an ambiguous reply',
		carryOut,
		'if (outcome) return outcome;',
		"if (outcome && outcome.outcome !== 'unknown') return outcome;",
	),
	mutant(
		'asks for no read before a write, any earlier one will do',
		carryOut,
		"await course.read(notBefore, 'plan')",
		"await course.read(0, 'plan')",
	),
	mutant(
		'trusts a list of two minutes ago',
		carryOut,
		'const stale = state.askedAt < clock.now() - OLDEST_READ;',
		'const stale = state.askedAt < clock.now() - 4 * OLDEST_READ;',
	),
	mutant(
		'reads nothing anew after a write of another run',
		carryOut,
		'const notBefore = Math.max(clock.now() - OLDEST_READ, lane.lastWriteAt);',
		'const notBefore = clock.now() - OLDEST_READ;',
	),
	mutant(
		'takes 5xx as refused',
		classify,
		"if (status >= 500) return { class: 'ambiguous', finished: !GATEWAY.has(status) };",
		"if (status >= 500) return { class: 'refused' };",
	),
	mutant(
		'takes 5xx as never sent',
		classify,
		"if (status >= 500) return { class: 'ambiguous', finished: !GATEWAY.has(status) };",
		"if (status >= 500) return { class: 'neverSent' };",
	),
	mutant(
		'takes a cut connection as never sent',
		classify,
		"	'ECONNREFUSED',\n",
		"	'ECONNREFUSED',\n	'ECONNRESET',\n",
	),
	mutant(
		'takes a gateway error as the last word of the application',
		classify,
		'finished: !GATEWAY.has(status)',
		'finished: true',
	),
	mutant(
		'keeps no record of sent writes',
		'guarded-change/sentWrites.ts',
		'this.put(lane, [...others, write]);',
		'this.put(lane, others);',
	),
	mutant(
		'forgets an accepted write that no read shows',
		carryOut,
		'remember(true);',
		'course.traces.forget();',
	),
	mutant(
		'ignores Retry-After',
		'guarded-change/patience.ts',
		'verdict.retryAfter ?? Math.round(own)',
		'Math.round(own)',
	),
	mutant(
		'reads Retry-After dates by its own clock',
		'guarded-change/backoff.ts',
		'return Math.max(0, at - vendorNow(headers, now));',
		'return Math.max(0, at - now);',
	),
	mutant(
		'keeps no order between changes of one contract',
		'guarded-change/line.ts',
		'await turn;',
		'',
	),
	mutant(
		'takes a web page with status 200 as success',
		'nodes/Nexudus/vendorAnswer.ts',
		"if (isWebPage(reply) || isBrokenJson(reply)) return { class: 'ambiguous', finished: false };",
		"if (isWebPage(reply)) return { class: 'ok' };",
	),
	mutant(
		'takes WasSuccessful: false as success',
		'nodes/Nexudus/vendorAnswer.ts',
		"reply.body.WasSuccessful === false) return { class: 'refused' };",
		"reply.body.WasSuccessful === false) return { class: 'ok' };",
	),
	CONFIRMS_WITHOUT_A_LOOK,
	mutant(
		'sends a pause again soon after no answer, once none shows',
		rules,
		'const SETTLED_AFTER = 300_000;',
		'const SETTLED_AFTER = 0;',
	),
	mutant(
		'takes the absence of a hidden pause as proof',
		rules,
		'if (!showsScheduled) return false;',
		'',
	),
	mutant(
		'takes the absence of a resume at end as proof',
		rules,
		"case 'resumeAtEnd':\n			// It may show nothing at all where it means the end that is set anyway [D conflict].\n			return false;",
		"case 'resumeAtEnd':\n			return true;",
	),
	CALLS_FAILED_WHAT_MAY_ACT,
	mutant(
		'holds a turn while the session is renewed',
		'guarded-change/pacer.ts',
		'gate?.mayPass() !== false && ',
		'',
	),
	mutant(
		'writes after a cancellation',
		carryOut,
		'if (stale || run.stopped() || watch.passes(settings.deadline)) {',
		'if (stale || watch.passes(settings.deadline)) {',
	),
	mutant(
		'counts no requests in flight',
		'guarded-change/pace.ts',
		'if (limits.concurrency > 0 && state.requestsInFlight >= limits.concurrency) return Infinity;',
		'',
	),
	mutant(
		'counts a rolling minute of fifty seconds',
		'guarded-change/rollingMinute.ts',
		'const MINUTE = 60_000;',
		'const MINUTE = 50_000;',
	),
	mutant(
		'sends without the plan it was promised',
		'guarded-change/plan.ts',
		'if (change.expectedPlanId === id) return undefined;',
		'return undefined;',
	),
];

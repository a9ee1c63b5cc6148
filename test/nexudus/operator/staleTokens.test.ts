import type { HttpRequest, Reply } from '../../../guarded-change/change';
import { DEFAULT_SETTINGS, type PaceLimits } from '../../../guarded-change/settings';
import { Memory } from '../../../guarded-change/world';
import { NEXUDUS_LIMITS } from '../../../nodes/Nexudus/limits';
import { memberAccess } from '../../../nodes/Nexudus/operator/memberSessions';
import { VirtualTime } from '../../guarded-change/simulation/virtualTime';
import { CONTINUE, HOT_DESK, MARIA, TOM } from '../story';
import { EACH, requests, tellOperatorStory } from './members';

const PORTAL = 'https://myspace.spaces.nexudus.com';
const ADMIN = 'https://spaces.nexudus.com';
const MINUTE = 60_000;

interface Vendor {
	/** How long an impersonation token lives, in ms. */
	tokenLife?: number;
	/** Validities in minutes that the exchange takes. */
	takes?: (minutes: number) => boolean;
	/** Retry-After in seconds for the n-th exchange, from 1; 0 is none. */
	throttles?: (exchange: number) => number;
	/** Status of a refused exchange. */
	refusal?: number;
	limits?: Partial<PaceLimits>;
}

/** Members' sessions on virtual time, at a vendor that forgets its tokens after a while. */
function virtualAccess(vendor: Vendor) {
	const { tokenLife = 5 * MINUTE, takes = () => true, throttles = () => 0, refusal = 401 } = vendor;
	const time = new VirtualTime(Date.UTC(2027, 5, 10));
	const clock = {
		now: () => time.now,
		random: () => 0.5,
		sleep: async (ms: number) => await new Promise<void>((done) => time.in(ms, done)),
	};
	const memory = new Memory(clock);
	const log = { pairs: 0, minutes: [] as number[], ages: [] as number[] };
	const issued = new Map<string, number>();
	const answer = async (status: number, body: object, headers = {}): Promise<Reply> => {
		await clock.sleep(80);
		return { answered: true, status, headers, body };
	};
	const exchange = async ({ url }: HttpRequest): Promise<Reply> => {
		const { searchParams } = new URL(url);
		const token = searchParams.get('token')!;
		const minutes = Number(searchParams.get('validForInMinutes'));
		log.minutes.push(minutes);
		const wait = throttles(log.minutes.length);
		if (wait > 0) return await answer(409, {}, { 'retry-after': String(wait) });
		const age = clock.now() - issued.get(token)!;
		log.ages.push(age);
		if (age > tokenLife || !takes(minutes)) return await answer(refusal, {});
		return await answer(200, { token: `of-${token}` });
	};
	const made = memberAccess({
		admin: ADMIN,
		portal: PORTAL,
		operator: 'olga@example.test',
		clientId: 'n8n',
		limits: { ...NEXUDUS_LIMITS, ...vendor.limits },
		settings: DEFAULT_SETTINGS,
		transport: async () => {
			log.pairs += 1;
			const token = `token-${log.pairs}`;
			const reply = await answer(200, { token });
			issued.set(token, clock.now());
			return reply;
		},
		renewingTransport: async () => await Promise.reject(new Error('not needed')),
		plainTransport: exchange,
		run: {
			clock,
			memory,
			account: 'olga',
			cancelled: () => false,
			stopped: () => false,
			failuresLeft: () => Infinity,
		},
	});
	/** Opens the sessions of these members at once; true where there is one. */
	const open = async (...coworkers: number[]): Promise<boolean[]> => {
		let under = coworkers.length;
		const all = coworkers.map(async (id) => {
			const read = await made.sessionOf(id).open?.();
			under -= 1;
			return read?.known === true;
		});
		for (;;) {
			await new Promise((done) => setImmediate(done));
			if (under === 0) return await Promise.all(all);
			if (!time.step()) throw new Error('Nothing more happens');
		}
	};
	/** Writes of other items that stand in line. */
	const writesInLine = (count: number) => {
		const { pacer } = memory.paceOf('olga');
		const limits = { ...NEXUDUS_LIMITS, ...vendor.limits };
		for (let n = 0; n < count; n++) {
			const request = {
				kind: 'write',
				limits,
				longestWait: Infinity,
				stopped: () => false,
			} as const;
			void pacer.turn(request).then((turn) => 'done' in turn && turn.done());
		}
	};
	return { open, log, writesInLine };
}

const only1440 = (minutes: number) => minutes === 1440;

describe('an exchange that is refused', () => {
	it.each([400, 401, 403])(
		'(%i) after a long throttle is repeated with a fresh token, for the same time',
		async (refusal) => {
			const throttles = (exchange: number) => (exchange === 1 ? 120 : 0);
			const { open, log } = virtualAccess({ tokenLife: MINUTE, throttles, refusal });
			expect(await open(7)).toEqual([true]);
			expect(log.pairs).toBe(2);
			expect(await open(8)).toEqual([true]);
			expect(log.minutes).toEqual([15, 15, 15, 15]);
		},
	);

	it('with a fresh token tells that this vendor takes the documented time only', async () => {
		const { open, log } = virtualAccess({ takes: only1440 });
		expect(await open(7)).toEqual([true]);
		expect(await open(8)).toEqual([true]);
		expect(log.minutes).toEqual([15, 1440, 1440]);
		expect(log.pairs).toBe(3);
	});

	it('tells it after a throttle too, from the second token', async () => {
		const throttles = (exchange: number) => (exchange === 1 ? 2 : 0);
		const { open, log } = virtualAccess({ takes: only1440, throttles });
		expect(await open(7)).toEqual([true]);
		expect(await open(8)).toEqual([true]);
		expect(log.minutes).toEqual([15, 15, 15, 1440, 1440]);
	});

	it('is given up after so many pairs', async () => {
		const { open, log } = virtualAccess({ takes: () => false, throttles: (n) => (n % 2 ? 5 : 0) });
		expect(await open(7)).toEqual([false]);
		expect(log.pairs).toBe(3);
		// A refusal is the answer for the next item of the member too.
		expect(await open(7)).toEqual([false]);
		expect(log.pairs).toBe(3);
	});

	it('where every token has to wait: a session all the same, and nothing is learned', async () => {
		const { open, log } = virtualAccess({ takes: only1440, throttles: (n) => (n % 2 ? 5 : 0) });
		expect(await open(7)).toEqual([true]);
		const before = log.minutes.length;
		expect(await open(8)).toEqual([true]);
		expect(log.minutes.slice(before)).toEqual([15, 15, 15, 15, 1440, 1440]);
	});

	it('as a redirect is not repeated', async () => {
		const { open, log } = virtualAccess({ takes: () => false, refusal: 302 });
		expect(await open(7)).toEqual([false]);
		expect(log.pairs).toBe(1);
	});
});

it('many members at once: no token waits long for its exchange', async () => {
	const { open, log } = virtualAccess({});
	const coworkers = Array.from({ length: 200 }, (_, index) => index + 1);
	expect(await open(...coworkers)).toEqual(Array(200).fill(true));
	expect(log.pairs).toBe(200);
	expect(Math.max(...log.ages)).toBeLessThan(10_000);
});

it('a token does not stand in line behind the writes of other items', async () => {
	const { open, log, writesInLine } = virtualAccess({});
	writesInLine(200);
	expect(await open(7, 8, 9)).toEqual([true, true, true]);
	expect(Math.max(...log.ages)).toBeLessThan(5_000);
});

it('a token that has gone stale behind a throttle costs its member nothing', async () => {
	const story = await tellOperatorStory();
	const headers = { 'retry-after': '1' };
	story.sandbox.faults.order({ route: 'exchange', kind: 'status', status: 409, headers });
	const items = [
		{ json: { coworker: MARIA, id: HOT_DESK } },
		{ json: { coworker: TOM, id: 800200 } },
	];
	const running = story.run(
		{ operation: 'get', ...EACH, requestSettings: { concurrency: 1 } },
		{ ...CONTINUE, items },
	);
	await story.until(() => requests(story, 'exchange').length === 1);
	story.sandbox.clock.advance(10 * MINUTE);
	const { items: output } = await running;
	expect(output.map(({ json }) => json.contractId)).toEqual([HOT_DESK, 800200]);
	const minutes = requests(story, 'exchange').map(({ query }) => query.validForInMinutes);
	expect(minutes).toEqual(['15', '15', '15', '15']);
});

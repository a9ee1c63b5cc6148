import { Pacer, type Turn, type TurnRequest } from '../../guarded-change/pacer';
import { VirtualTime } from './simulation/virtualTime';

const OFF = { concurrency: 0, requestsPerMinute: 0, writesPerMinute: 0, minSpacing: 0 };
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

/** A pacer on virtual time; `order` names the turns as they are given. */
function pacer(limits: Partial<typeof OFF> = {}) {
	const time = new VirtualTime(1_000_000);
	const made = new Pacer(
		() => time.now,
		async (ms) => await new Promise<void>((resolve) => void time.in(ms, resolve)),
	);
	const order: string[] = [];
	const turns = new Map<string, Turn>();
	const ask = (name: string, more: Partial<TurnRequest> = {}) => {
		const request: TurnRequest = {
			kind: 'read',
			limits: { ...OFF, ...limits },
			longestWait: 60_000,
			stopped: () => false,
			...more,
		};
		void made.turn(request).then((turn) => {
			order.push('tooLongUntil' in turn ? `${name} too long` : name);
			if (!('tooLongUntil' in turn)) turns.set(name, turn);
		});
	};
	const pass = async (ms: number) => {
		let over = false;
		time.in(ms, () => {
			over = true;
		});
		await settle();
		while (!over && time.step()) await settle();
	};
	return { made, order, turns, ask, pass, time };
}

describe('The line of requests', () => {
	it('is served in order, so many at a time', async () => {
		const { order, turns, ask, pass } = pacer({ concurrency: 2, minSpacing: 10 });
		for (const name of ['a', 'b', 'c']) ask(name);
		await pass(100);
		expect(order).toEqual(['a', 'b']);
		turns.get('a')?.done();
		await pass(100);
		expect(order).toEqual(['a', 'b', 'c']);
	});

	it('lets reads pass writes that wait for the write limit only', async () => {
		const { order, turns, ask, pass } = pacer({ writesPerMinute: 1, minSpacing: 1 });
		ask('first write', { kind: 'write' });
		await pass(200);
		turns.get('first write')?.done();
		ask('second write', { kind: 'write' });
		ask('read');
		await pass(200);
		expect(order).toEqual(['first write', 'read']);
		await pass(60_000);
		expect(order).toEqual(['first write', 'read', 'second write']);
	});

	it('takes one to the front whose read went stale in line', async () => {
		const { order, turns, ask, pass } = pacer({ concurrency: 1, minSpacing: 1 });
		ask('a');
		await pass(200);
		ask('b', { kind: 'write' });
		ask('c', { kind: 'write', front: true });
		turns.get('a')?.done();
		await pass(200);
		expect(order).toEqual(['a', 'c']);
	});

	it('serves reads before the writes that stand there', async () => {
		const { order, turns, ask, pass } = pacer({ concurrency: 1, minSpacing: 1 });
		ask('a');
		await pass(200);
		ask('write', { kind: 'write', front: true });
		ask('b');
		ask('c');
		for (const name of ['a', 'b', 'c']) {
			turns.get(name)?.done();
			await pass(200);
		}
		expect(order).toEqual(['a', 'b', 'c', 'write']);
	});

	it('keeps room in the minute for writes that are ready', async () => {
		const { order, turns, ask, pass } = pacer({ requestsPerMinute: 4, concurrency: 1 });
		ask('a');
		await pass(10);
		for (const name of ['first', 'second']) ask(name, { kind: 'write' });
		for (const name of ['b', 'c']) ask(name);
		for (const name of ['a', 'b', 'first', 'second']) {
			turns.get(name)?.done();
			await pass(10);
		}
		expect(order).toEqual(['a', 'b', 'first', 'second']);
		await pass(60_000);
		expect(order).toEqual(['a', 'b', 'first', 'second', 'c']);
	});

	it('keeps none for writes that are held', async () => {
		const { order, turns, ask, pass } = pacer({ requestsPerMinute: 4, concurrency: 1 });
		for (const name of ['first', 'second']) ask(name, { kind: 'write', held: () => true });
		for (const name of ['a', 'b', 'c']) {
			ask(name);
			await pass(10);
			turns.get(name)?.done();
		}
		expect(order).toEqual(['a', 'b', 'c']);
	});

	it('passes over those whose gate is closed, and serves them when it opens', async () => {
		let open = false;
		const gate = { mayPass: () => open, passed: () => undefined, left: () => undefined };
		const { made, order, ask, pass } = pacer({ concurrency: 1, minSpacing: 1 });
		ask('behind the gate', { gate });
		ask('free');
		await pass(200);
		expect(order).toEqual(['free']);
		open = true;
		made.nudge();
		await pass(200);
		expect(order).toEqual(['free']);
	});

	it('ends at once for a run that was stopped', async () => {
		let stopped = false;
		const { made, order, ask, pass } = pacer({ concurrency: 1, minSpacing: 1 });
		ask('a');
		ask('b', { stopped: () => stopped });
		await pass(200);
		expect(order).toEqual(['a']);
		stopped = true;
		made.nudge();
		await pass(200);
		expect(order).toEqual(['a', 'b']);
	});
});

describe('A throttle', () => {
	it('holds everybody until its time', async () => {
		const { order, turns, ask, pass, time } = pacer({ minSpacing: 1 });
		ask('a');
		await pass(200);
		turns.get('a')?.throttled(5_000);
		turns.get('a')?.done();
		const from = time.now;
		ask('b');
		await pass(4_900);
		expect(order).toEqual(['a']);
		await pass(5_000);
		expect(order).toEqual(['a', 'b']);
		expect((turns.get('b')?.startedAt ?? 0) - from).toBeGreaterThanOrEqual(5_000);
	});

	it('that lasts longer than one will wait ends the wait at once', async () => {
		const { order, turns, ask, pass } = pacer({ minSpacing: 1 });
		ask('a');
		await pass(200);
		ask('b', { longestWait: 1_000, gate: undefined });
		await pass(200);
		turns.get('a')?.throttled(5_000);
		turns.get('a')?.done();
		ask('c', { longestWait: 1_000 });
		await pass(200);
		expect(order).toEqual(['a', 'b', 'c too long']);
	});
});

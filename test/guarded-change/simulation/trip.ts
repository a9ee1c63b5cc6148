import type { HttpRequest, Reply } from '../../../guarded-change/change';
import { LATEST_COMMIT, type Fault } from './faults';
import type { History, Item, NodeRun } from './history';
import type { Timer } from './virtualTime';

/** One request on its way to the vendor and back, and what befalls it there. */
export class Trip {
	private readonly sentAt: number;
	private readonly token: number | null;
	private readonly timeout: Timer | undefined;
	private open = true;

	constructor(
		private readonly history: History,
		readonly run: NodeRun,
		readonly request: HttpRequest,
		readonly limit: number,
		readonly item: Item | undefined,
		private readonly resolve: (reply: Reply) => void,
	) {
		const { time, token } = history;
		this.sentAt = time.now;
		this.token = token;
		if (limit > 0) {
			this.timeout = time.in(limit, () => this.end({ answered: false, code: 'TIMED_OUT' }));
		}
	}

	/** What the client gets; the first end counts. */
	end(reply: Reply): void {
		if (!this.open) return;
		this.open = false;
		if (this.timeout) this.timeout.off = true;
		this.run.inFlight.delete(this);
		if (this.run.life.alive) this.resolve(reply);
	}

	go(fault: Fault | undefined): void {
		const { history, limit, run } = this;
		const { random, time } = history;
		switch (fault) {
			case undefined:
				return this.normal();
			case 'refused connection':
				return void time.in(2, () => this.end({ answered: false, code: 'ECONNREFUSED' }));
			case 'name not found':
				return void time.in(2, () => this.end({ answered: false, code: 'ENOTFOUND' }));
			case 'reset before the commit':
				return this.atVendor(() => this.cut());
			case 'reset after the commit':
				return this.atVendor(() => this.act() && this.cut());
			case 'no answer, no commit':
				return;
			case 'no answer, commit before':
				return this.atVendor(() => void this.act());
			case 'no answer, commit after the client gave up':
				return this.actLate(limit + 1);
			case '500 before the commit':
				return this.atVendor(() => this.answer(history.status(500)));
			case '500 after the commit':
				return this.atVendor(() => this.act() && this.answer(history.status(500)));
			case 'gateway error, no commit':
				return this.atVendor(() => this.answer(history.gateway()));
			case 'gateway error, commit before':
				return this.atVendor(() => this.act() && this.answer(history.gateway()));
			case 'gateway error, commit after':
				this.atVendor(() => this.answer(history.gateway()));
				return this.actLate(5_000);
			case 'web page, no commit':
				return this.atVendor(() => this.answer(history.webPage()));
			case 'web page after the commit':
				return this.atVendor(() => this.act() && this.answer(history.webPage()));
			case 'half a body':
				return this.atVendor(() => this.act() && this.halfBody());
			case 'throttled, seconds':
			case 'throttled, date':
			case 'throttled, no time':
			case 'throttled, huge time':
				return this.atVendor(() => this.answer(history.throttled(fault)));
			case 'session expired':
				return this.atVendor(() => {
					history.expireFor(this.request);
					this.answer(history.status(401));
				});
			case '401 to a good session':
				history.doubtSession(run, this.request);
				return this.atVendor(() => this.answer(history.status(401)));
			case 'not successful':
				return this.atVendor(() => this.answer(history.status(200, {}, { WasSuccessful: false })));
			case 'redirect':
				return this.atVendor(() => this.answer(history.status(302, { location: '/login' })));
			case 'forbidden':
				return this.atVendor(() => this.answer(history.forbidden(this.request)));
			case 'slow answer':
				return this.atVendor(() => {
					const reply = this.act();
					const most = (limit > 0 ? limit : 10_000) * 1.4;
					time.in(random.between(500, most), () => this.end(reply));
				});
			case 'execution cancelled':
				time.in(random.between(0, 120), () => history.cancel(run));
				return this.normal();
			case 'process dies before sending':
				return history.crash(run.life);
			case 'process dies after sending':
				this.normal();
				return history.crash(run.life);
			case 'another hand pauses':
			case 'another hand resumes':
				return this.atVendor(() => {
					const what = fault === 'another hand pauses' ? 'pause' : 'resumeNow';
					history.otherHandNear(this.request, what);
					this.arrive();
				});
			default:
				return history.strike(fault, this);
		}
	}

	private normal(): void {
		this.atVendor(() => this.arrive());
	}

	private arrive(): void {
		const known = this.history.admits(this.request, this.token);
		this.answer(known ? this.act() : this.history.status(401));
	}

	atVendor(happen: () => void): void {
		this.history.time.in(this.history.latency(), happen);
	}

	/** The vendor carries the request out. */
	act(): Reply {
		const { history, item, request, run } = this;
		const late = !this.open || !run.life.alive;
		const { reply, done } = history.act(request, item ?? null, late);
		if (reply.answered && reply.status === 200) history.noteRead(run, request, this.sentAt);
		if (done !== undefined) history.note(10, () => `  the vendor commits ${done}`);
		return reply;
	}

	/** A write is carried out when the client no longer waits for it. */
	actLate(from: number): void {
		const { random, time } = this.history;
		if (this.item) time.in(random.between(from, LATEST_COMMIT), () => void this.act());
	}

	answer(reply: Reply): void {
		this.history.time.in(this.history.latency(), () => this.end(reply));
	}

	private cut(): void {
		this.answer({ answered: false, code: 'ECONNRESET' });
	}

	private halfBody(): void {
		const { history, item } = this;
		if (item !== undefined || history.random.chance(0.5)) return this.cut();
		this.answer(history.status(200, {}, '{"Id":7001'));
	}
}

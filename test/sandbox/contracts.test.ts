import type { AxiosInstance } from 'axios';
import {
	contractsPath,
	maria,
	metaPath,
	openPortal,
	pausePath,
	resumePath,
	tom,
	type Portal,
} from './portal';

const now = new Date('2026-03-20T12:00:00Z');
const day = 86_400_000;
let portal: Portal;
let http: AxiosInstance;
beforeAll(async () => {
	portal = await openPortal({ now });
});
afterAll(() => portal.sandbox.close());
beforeEach(async () => {
	portal.sandbox.reset();
	http = await portal.as(maria);
});

const pause = (id: number, cycles: unknown = 1) => http.put(pausePath(id), { PauseCycles: cycles });
const resume = (id: number, immediate: boolean) => http.put(resumePath(id, immediate), {});
const meta = async (id: number) => (await http.get(metaPath(id))).data;

describe('the story', () => {
	it.each([
		[700100, 'Hot Desk Monthly', 'none', true],
		[700101, 'Dedicated Desk Monthly', 'none', true],
		[700102, 'Meeting Room Credits Weekly', 'none', true],
		[700103, 'Virtual Office Yearly', 'none', false],
		[700104, 'Private Office Monthly', 'active', false],
		[700105, 'Evening Desk Monthly', 'none', false],
		[700106, 'Studio Monthly', 'none', false],
		[700107, 'Locker Monthly', 'none', false],
		[700108, 'Team Desk Quarterly', 'scheduled', false],
	])('%i %s is %s, may be paused: %s', (id, pricePlan, state, canBePaused) => {
		expect(portal.sandbox.contract(id)).toMatchObject({ pricePlan, state, canBePaused });
	});

	it.each(['2026-01-01', '2026-02-28', '2028-02-29', '2026-03-29', '2026-08-31', '2026-12-31'])(
		'is the same story on %s',
		async (date) => {
			portal.sandbox.clock.set(new Date(`${date}T23:30:00Z`));
			const told = await openPortal({ now: new Date(`${date}T23:30:00Z`) });
			const short = told.sandbox.contracts(maria).map(({ id, state, canBePaused, ending }) => ({
				id,
				state,
				canBePaused,
				ending,
			}));
			expect(short).toEqual([
				{ id: 700100, state: 'none', canBePaused: true, ending: false },
				{ id: 700101, state: 'none', canBePaused: true, ending: false },
				{ id: 700102, state: 'none', canBePaused: true, ending: false },
				{ id: 700103, state: 'none', canBePaused: false, ending: false },
				{ id: 700104, state: 'active', canBePaused: false, ending: false },
				{ id: 700105, state: 'none', canBePaused: false, ending: false },
				{ id: 700106, state: 'none', canBePaused: false, ending: false },
				{ id: 700107, state: 'none', canBePaused: false, ending: true },
				{ id: 700108, state: 'scheduled', canBePaused: false, ending: false },
			]);
			expect(told.sandbox.contract(700104).pausedCycles).toBe(3);
			await told.sandbox.close();
		},
	);
});

describe('reading', () => {
	it('lists the contracts of the login only', async () => {
		const ids = (await http.get(contractsPath)).data.Contracts.map((row: { Id: number }) => row.Id);
		expect(ids).toEqual([700100, 700101, 700102, 700103, 700104, 700105, 700106, 700107, 700108]);
		const toms = await (await portal.as(tom)).get(contractsPath);
		expect(toms.data.Contracts).toMatchObject([{ Id: 800200 }]);
	});

	it('has the fields of my-plans at the other list', async () => {
		const { data } = await http.get('/api/public/plans/my');
		expect(data.Contracts[0]).toMatchObject({ Id: 700100, NextAutoInvoice: expect.any(String) });
	});

	it('gives local dates without and UTC dates with a suffix', async () => {
		const { data } = await http.get(`${contractsPath}/700100`);
		expect(data.RenewalDate).toBe('2026-04-10T00:00:00');
		expect(data.RenewalDateUtc).toBe('2026-04-09T22:00:00Z');
	});

	it('reaches the price plan by a shape', async () => {
		const { data } = await http.get(`${contractsPath}/700102?_shape=Id,Tariff.InvoiceEveryWeeks`);
		expect(data).toEqual({ Id: 700102, Tariff: { InvoiceEveryWeeks: 1 } });
	});

	it('shows limits, choices and terms in the meta', async () => {
		expect(await meta(700101)).toMatchObject({
			CanBePausedNow: true,
			IsPausedNow: false,
			PauseCyclesLimit: 3,
			PauseYearlyLimit: 3,
			PausedPeriodsCount: 0,
			RenewalDate: '2026-04-10T00:00:00',
			CurrentPeriodStartUtc: '2026-03-09T23:00:00Z',
			PauseUntilOptions: [{ PauseCycles: 1 }, { PauseCycles: 2 }, { PauseCycles: 3 }],
			TermsAndConditions: expect.stringContaining('<li>'),
		});
	});

	it('shows an active pause and a scheduled one', async () => {
		expect(await meta(700104)).toMatchObject({
			IsPausedNow: true,
			InPausedPeriod: true,
			InPausedPeriodFromUtc: '2026-02-09T23:00:00Z',
			InPausedPeriodUntilUtc: '2026-05-09T22:00:00Z',
		});
		expect(await meta(700108)).toMatchObject({
			CanBePausedNow: false,
			IsPausedNow: false,
			InPausedPeriod: false,
			InPausedPeriodFromUtc: '2026-05-17T22:00:00Z',
		});
	});

	it.each([
		['an unknown id', 999, 404],
		["another customer's contract", 800200, 401],
	])('of %s (%i) is %i', async (_case, id, status) => {
		for (const path of [`${contractsPath}/${id}`, metaPath(id)]) {
			expect((await http.get(path)).status).toBe(status);
		}
		expect((await pause(id)).status).toBe(status);
		expect((await resume(id, true)).status).toBe(status);
		expect(portal.sandbox.committed).toEqual([]);
	});
});

describe('pause', () => {
	it.each([
		[700100, 1, '2026-04-09T22:00:00Z', '2026-05-09T22:00:00Z'],
		[700101, 3, '2026-04-09T22:00:00Z', '2026-07-09T22:00:00Z'],
		[700102, 2, '2026-03-24T23:00:00Z', '2026-04-07T22:00:00Z'],
	])('of %i for %i cycles lasts from %s to %s', async (id, cycles, from, until) => {
		const reply = await pause(id, cycles);
		expect([reply.status, reply.data]).toEqual([200, '']);
		const after = { state: 'scheduled', from, until, pausedCycles: cycles, pausesUsed: 1 };
		expect(portal.sandbox.contract(id)).toMatchObject(after);
		expect(portal.sandbox.committed).toMatchObject([
			{ operation: 'pause', contractId: id, account: maria, cycles, changedSomething: true },
		]);
		expect(portal.sandbox.committed[0]).toMatchObject({ before: { state: 'none' }, after });
	});

	it('becomes active with the next cycle and ends by itself', async () => {
		await pause(700102, 1);
		portal.sandbox.clock.advance(7 * day);
		expect(portal.sandbox.contract(700102).state).toBe('active');
		portal.sandbox.clock.advance(7 * day);
		expect(portal.sandbox.contract(700102)).toMatchObject({ state: 'none', pausesUsed: 1 });
	});

	it.each([
		[700100, 7, 'PauseCyclesLimitExceeded'],
		[700103, 1, 'PausingNotAllowed'],
		[700104, 1, 'ContractAlreadyPaused'],
		[700105, 1, 'PauseYearlyLimitReached'],
		[700106, 1, 'ContractCancelled'],
		[700107, 1, 'ContractEnding'],
		[700108, 1, 'ContractAlreadyPaused'],
		[700100, 0, 'InvalidPauseCycles'],
		[700100, 1.5, 'InvalidPauseCycles'],
		[700100, '1', 'InvalidPauseCycles'],
		[700100, undefined, 'InvalidPauseCycles'],
	])('of %i for %s cycles is refused: %s', async (id, cycles, code) => {
		const reply = await pause(id, cycles ?? null);
		expect([reply.status, reply.data]).toEqual([400, { Message: code }]);
		expect(portal.sandbox.committed).toEqual([]);
	});

	it('counts the pauses of the last twelve months only', async () => {
		portal.sandbox.clock.advance(130 * day);
		http = await portal.as(maria);
		expect(await meta(700105)).toMatchObject({ PausedPeriodsCount: 1, CanBePausedNow: true });
	});
});

describe('resume', () => {
	it('immediately takes effect today', async () => {
		expect((await resume(700104, true)).status).toBe(200);
		expect(portal.sandbox.contract(700104)).toMatchObject({ state: 'none', pausesUsed: 1 });
		expect(portal.sandbox.committed).toMatchObject([{ operation: 'resumeNow' }]);
	});

	it('immediately undoes a pause that has not begun', async () => {
		await resume(700108, true);
		expect(portal.sandbox.contract(700108)).toMatchObject({ state: 'none', pausesUsed: 0 });
	});

	it('takes no body', async () => {
		const reply = await http.put(resumePath(700104, true), undefined, {
			headers: { 'content-type': 'application/json' },
		});
		expect(reply.status).toBe(200);
	});

	it.each([true, false])('of a contract without a pause is refused, immediate=%s', async (now_) => {
		const reply = await resume(700100, now_);
		expect([reply.status, reply.data]).toEqual([400, { Message: 'ContractNotPaused' }]);
	});

	it('without immediate is refused', async () => {
		expect((await http.put(`${contractsPath}/v2/700104/resume`, {})).status).toBe(400);
	});
});

describe('bookings preview', () => {
	const preview = (query: string) => http.get(`${contractsPath}/pause/bookings?${query}`);

	it('counts the bookings of the customer', async () => {
		const { data } = await preview('start=2026-03-20T00:00:00Z&end=2026-04-19T00:00:00Z');
		expect(data).toEqual({
			Total: 10,
			NotCharged: expect.any(Number),
			NotInvoiced: 5,
			NotPaid: expect.any(Number),
		});
	});

	it.each(['', 'start=2026-03-20', 'start=x&end=2026-03-20', 'start=2026-02-30&end=2026-03-20'])(
		'refuses "%s"',
		async (query) => {
			expect((await preview(query)).status).toBe(400);
		},
	);
});

describe('another hand', () => {
	it('is bound by no limit and leaves no mark in the log of writes', () => {
		portal.sandbox.otherHand.pause(700103, 2);
		expect(portal.sandbox.contract(700103)).toMatchObject({ state: 'scheduled', pausedCycles: 2 });
		portal.sandbox.otherHand.resume(700103);
		expect(portal.sandbox.contract(700103).state).toBe('none');
		expect(portal.sandbox.committed).toEqual([]);
	});
});

import { hotDesk } from '../../sandbox/seeds/pricePlans';
import type { Sandbox, SandboxOptions } from '../../sandbox/createSandbox';
import { openPortal } from './portal';

const PERIODS = '/api/billing/contractpausedperiods';
const CONTRACTS = '/api/billing/coworkercontracts';

let sandbox: Sandbox;

afterEach(async () => await sandbox.close());

/** The admin API on 10 June 2027, with contracts in Madrid and New York that renew on the first. */
async function admin(options: SandboxOptions = {}, email = 'olga@example.test') {
	const portal = await openPortal({ now: new Date('2027-06-10T10:00:00Z'), ...options });
	sandbox = portal.sandbox;
	const seed = { pricePlan: hotDesk, currentCycleFrom: '2027-06-01' };
	sandbox.addContracts('maria@example.test', [
		{ id: 1, ...seed },
		{ id: 2, locationId: 4101, ...seed },
	]);
	const http = await portal.as(email);
	return async (method: string, path: string, data?: object) => {
		const { status, data: body } = await http.request({ method, url: path, data });
		return { status, body };
	};
}

const AUGUST = { PauseFrom: '2027-07-31T22:00:00Z', PauseUntil: '2027-08-31T22:00:00Z' };
const days = (id: number) => sandbox.pausesOf(id).map(({ from, until }) => `${from} ${until}`);

describe('an administrator', () => {
	it('creates, reads, changes and deletes a pause, which the member sees', async () => {
		const call = await admin();
		const made = await call('POST', PERIODS, { CoworkerContractId: 1, ...AUGUST, Notes: 'N' });
		expect(made).toMatchObject({ status: 200, body: { WasSuccessful: true, Errors: null } });
		const { Id } = made.body.Value;
		expect(sandbox.contract(1)).toMatchObject({ state: 'scheduled', pausedCycles: 1 });
		expect((await call('GET', `${PERIODS}/${Id}`)).body).toMatchObject({
			Id,
			CoworkerContractId: 1,
			CoworkerContractCoworkerFullName: 'Maria Sol',
			PauseFromLocal: '2027-08-01T00:00:00',
			Notes: 'N',
		});
		await call('PUT', PERIODS, { Id, CoworkerContractId: 1, ...AUGUST });
		expect((await call('GET', `${PERIODS}/${Id}`)).body.Notes).toBe(null);
		expect((await call('DELETE', `${PERIODS}/${Id}`)).status).toBe(200);
		expect((await call('GET', `${PERIODS}/${Id}`)).status).toBe(404);
		expect((await call('DELETE', `${PERIODS}/${Id}`)).status).toBe(404);
		expect(sandbox.contract(1).state).toBe('none');
		expect(
			sandbox.committed.map(({ operation, pausePeriodId }) => [operation, pausePeriodId]),
		).toEqual(['createPeriod', 'updatePeriod', 'deletePeriod'].map((operation) => [operation, Id]));
	});

	it('has days of the location of the contract', async () => {
		const call = await admin();
		const madrid = await call('POST', PERIODS, { CoworkerContractId: 2, ...AUGUST });
		expect(madrid.status).toBe(400);
		const newYork = { PauseFrom: '2027-08-01T04:00:00Z', PauseUntil: '2027-09-01T04:00:00Z' };
		await call('POST', PERIODS, { CoworkerContractId: 2, ...newYork });
		expect(days(2)).toEqual(['2027-08-01 2027-09-01']);
	});

	it.each([
		[{ ...AUGUST }, 'CoworkerContractId'],
		[{ CoworkerContractId: 1, PauseFrom: AUGUST.PauseFrom }, 'PauseUntil'],
		[{ CoworkerContractId: 1, ...AUGUST, PauseFrom: '2027-08-02T22:00:00Z' }, 'PauseFrom'],
		[{ CoworkerContractId: 1, ...AUGUST, PauseUntil: AUGUST.PauseFrom }, 'PauseUntil'],
	])('is told which property is wrong: %j', async (body, property) => {
		const call = await admin();
		const { status, body: answer } = await call('POST', PERIODS, body);
		expect(status).toBe(400);
		expect(answer.WasSuccessful).toBe(false);
		expect(answer.Errors[0]).toMatchObject({ PropertyName: property });
		expect(answer.Message).toBe(`${property}: ${answer.Errors[0].Message}`);
		expect(sandbox.committed).toEqual([]);
	});

	it.each([
		['dora@example.test', 'an administrator without the role'],
		['maria@example.test', 'a customer'],
	])('is asked for a role: %s, %s', async (email) => {
		const call = await admin({}, email);
		expect((await call('GET', PERIODS)).status).toBe(401);
		expect((await call('POST', PERIODS, { CoworkerContractId: 1, ...AUGUST })).status).toBe(401);
		expect(sandbox.committed).toEqual([]);
	});
});

describe('dates off the cycle', () => {
	const OFF = { PauseFrom: '2027-08-05T10:00:00Z', PauseUntil: '2027-09-05T10:00:00Z' };

	it.each([
		['rejected', 400, []],
		['snapped', 200, ['2027-09-01 2027-10-01']],
		['accepted', 200, ['2027-08-05 2027-09-05']],
	] as const)('are %s', async (offCycleDates, status, kept) => {
		const call = await admin({ readings: { offCycleDates } });
		const made = await call('POST', PERIODS, { CoworkerContractId: 1, ...OFF });
		expect(made.status).toBe(status);
		expect(days(1)).toEqual(kept);
		if (offCycleDates !== 'accepted') return;
		const { body } = await call('GET', `${PERIODS}/${made.body.Value.Id}`);
		expect(body).toMatchObject({ ...OFF, PauseFromLocal: '2027-08-05T12:00:00' });
	});
});

describe('lists', () => {
	it('filter, sort and page in the documented envelope', async () => {
		const call = await admin();
		const { body } = await call('GET', `${CONTRACTS}?CoworkerContract_Tariff=9001&size=2&page=2`);
		expect(body).toMatchObject({
			CurrentPage: 2,
			CurrentPageSize: 2,
			FirstItem: 3,
			TotalItems: 4,
			TotalPages: 2,
			HasNextPage: false,
			HasPreviousPage: true,
		});
		expect(body.Records.map((row: { Id: number }) => row.Id)).toEqual([700100, 800200]);
	});

	it.each([
		['oneAscends', '1', 1],
		['oneAscends', '-1', 800200],
		['oneDescends', '1', 800200],
		['oneDescends', '0', 1],
	] as const)('where %s, dir=%s begins with %s', async (sortDirection, dir, first) => {
		const call = await admin({ readings: { sortDirection } });
		const { body } = await call('GET', `${CONTRACTS}?orderBy=Id&dir=${dir}`);
		expect(body.Records[0].Id).toBe(first);
	});

	it('take ranges of dates, and leave out what a filter does not name', async () => {
		const call = await admin();
		await call('POST', PERIODS, { CoworkerContractId: 1, ...AUGUST });
		const from = async (text: string) =>
			(await call('GET', `${PERIODS}?from_ContractPausedPeriod_PauseUntil=${text}`)).body
				.TotalItems;
		expect(await from('2027-08-31T22:00')).toBeGreaterThanOrEqual(1);
		expect(await from('2027-12-31T00:00')).toBeLessThan(await from('2027-08-31T22:00'));
		const { body } = await call('GET', `${PERIODS}?ContractPausedPeriod_Nonsense=1`);
		expect(body.TotalItems).toBeGreaterThanOrEqual(3);
	});

	it('have partial rows, batches whole records', async () => {
		const call = await admin();
		const { body: list } = await call('GET', CONTRACTS);
		expect(list.Records[0]).not.toHaveProperty('TariffInvoiceEvery');
		const { body: batch } = await call('GET', `${CONTRACTS}/?id=[2,1,999]`);
		expect(batch.map((row: object) => row)).toMatchObject([
			{ Id: 2, TariffInvoiceEvery: 1, RenewalDate: '2027-07-01T04:00:00Z' },
			{ Id: 1, RenewalDateLocal: '2027-07-01T00:00:00' },
		]);
	});
});

import type { AxiosInstance } from 'axios';
import type { Readings } from '../../sandbox/vendor/readings';
import {
	contractsPath,
	maria,
	metaPath,
	openPortal,
	password,
	pausePath,
	resumePath,
	type Portal,
} from './portal';

const now = new Date('2026-03-20T12:00:00Z');
let portal: Portal;
let http: AxiosInstance;

async function under(readings: Partial<Readings>): Promise<void> {
	portal = await openPortal({ now, readings });
	http = await portal.as(maria);
}
afterEach(() => portal.sandbox.close());

const pause = (id: number, cycles: number) => http.put(pausePath(id), { PauseCycles: cycles });
const contract = async (id: number) => (await http.get(`${contractsPath}/${id}`)).data;
const meta = async (id: number) => (await http.get(metaPath(id))).data;
const row = async (id: number) =>
	(await http.get(contractsPath)).data.Contracts.find((one: { Id: number }) => one.Id === id);

describe('a scheduled pause', () => {
	it('visible: shows in contract, meta and list', async () => {
		await under({ scheduledPause: 'visible' });
		await pause(700100, 1);
		for (const read of [contract, meta, row]) {
			expect(await read(700100)).toMatchObject({
				CanBePausedNow: false,
				IsPausedNow: false,
				InPausedPeriod: false,
				InPausedPeriodFromUtc: '2026-04-09T22:00:00Z',
			});
		}
	});

	it('hidden: changes nothing that can be read until it begins', async () => {
		await under({ scheduledPause: 'hidden' });
		const readAll = async () => [await contract(700100), await meta(700100), await row(700100)];
		const before = await readAll();
		await pause(700100, 1);
		expect(await readAll()).toEqual(before);
		expect(before[1]).toMatchObject({ CanBePausedNow: true, PausedPeriodsCount: 0 });
		expect(portal.sandbox.contract(700100).state).toBe('scheduled');

		portal.sandbox.clock.set(new Date('2026-04-10T12:00:00Z'));
		http = await portal.as(maria);
		expect(await meta(700100)).toMatchObject({ IsPausedNow: true, CanBePausedNow: false });
	});
});

describe('a second pause', () => {
	it.each([700100, 700104])('refused: 400 and nothing changes (%i)', async (id) => {
		await under({ secondPause: 'refused' });
		if (id === 700100) await pause(id, 1);
		const before = portal.sandbox.contract(id);
		expect((await pause(id, 1)).status).toBe(400);
		expect(portal.sandbox.contract(id)).toEqual(before);
	});

	it.each([
		[700100, 3],
		[700104, 5],
	])('extends: adds its cycles to the pause there is (%i)', async (id, cycles) => {
		await under({ secondPause: 'extends' });
		if (id === 700100) await pause(id, 1);
		expect((await pause(id, 2)).status).toBe(200);
		const view = portal.sandbox.contract(id);
		expect(view).toMatchObject({ pausedCycles: cycles, pausesUsed: 1 });
		expect(portal.sandbox.committed.at(-1)).toMatchObject({ changedSomething: true });
	});
});

describe('resume at the end', () => {
	it('periodEnd: is taken, and the dates stay', async () => {
		await under({ resumeAtEnd: 'periodEnd' });
		const before = portal.sandbox.contract(700104);
		expect((await http.put(resumePath(700104, false), {})).status).toBe(200);
		expect(portal.sandbox.contract(700104)).toEqual(before);
		expect(portal.sandbox.committed).toMatchObject([
			{ operation: 'resumeAtEnd', changedSomething: false },
		]);
	});

	it('nextCycle: the pause ends with the current cycle', async () => {
		await under({ resumeAtEnd: 'nextCycle' });
		await http.put(resumePath(700104, false), {});
		const view = portal.sandbox.contract(700104);
		expect(view).toMatchObject({ state: 'active', until: view.renewal, pausedCycles: 2 });
	});

	it('nextCycle: a pause that would begin then never does', async () => {
		await under({ resumeAtEnd: 'nextCycle' });
		await http.put(resumePath(700108, false), {});
		expect(portal.sandbox.contract(700108).state).toBe('none');
	});
});

describe('the list', () => {
	it('Contracts', async () => {
		await under({ listShape: 'Contracts' });
		expect(Object.keys((await http.get(contractsPath)).data)).toEqual(['Contracts']);
	});

	it('array', async () => {
		await under({ listShape: 'array' });
		const { data } = await http.get(`${contractsPath}?_shape=Id`);
		expect(data[0]).toEqual({ Id: 700100 });
	});

	it('Records: everything on one page unless pages are asked for', async () => {
		await under({ listShape: 'Records' });
		const { data } = await http.get(contractsPath);
		expect(data.Records).toHaveLength(9);
		expect(data).toMatchObject({ HasNextPage: false, TotalItems: 9, CurrentPage: 1 });
	});

	it.each([
		[1, [700100, 700101, 700102, 700103], true],
		[2, [700104, 700105, 700106, 700107], true],
		[3, [700108], false],
		[4, [], false],
	])('Records: page %i of four rows', async (page, ids, more) => {
		await under({ listShape: 'Records' });
		const { data } = await http.get(`${contractsPath}?page=${page}&size=4`);
		expect(data.Records.map((one: { Id: number }) => one.Id)).toEqual(ids);
		expect(data).toMatchObject({ HasNextPage: more, TotalPages: 3, PageSize: 4 });
	});

	it.each([true, false])('carries eligibility: %s', async (listCarriesEligibility) => {
		await under({ listCarriesEligibility });
		expect('CanBePausedNow' in (await row(700100))).toBe(listCarriesEligibility);
		expect('CanBePausedNow' in (await contract(700100))).toBe(true);
	});
});

describe('other shapes', () => {
	it.each([
		['empty', 200, ''],
		['confirmation', 200, expect.objectContaining({ WasSuccessful: true })],
		['204', 204, ''],
	] as const)('a write is answered as %s', async (writeReply, status, body) => {
		await under({ writeReply });
		const reply = await pause(700100, 1);
		expect([reply.status, reply.data]).toEqual([status, body]);
	});

	it.each([400, 401] as const)('a wrong password is %i', async (tokenErrorStatus) => {
		await under({ tokenErrorStatus });
		const form = { grant_type: 'password', username: maria, password: `${password}!` };
		expect((await portal.token(form)).status).toBe(tokenErrorStatus);
	});

	it('a contract comes in Resource', async () => {
		await under({ contractEnvelope: 'Resource' });
		expect(await contract(700100)).toMatchObject({ Resource: { Id: 700100 } });
	});
});

it('refuses a reading that does not exist', async () => {
	await under({});
	expect(() => portal.sandbox.setReadings({ scheduledPause: 'maybe' as never })).toThrow(
		'Reading "scheduledPause" can be visible, hidden, not maybe',
	);
});

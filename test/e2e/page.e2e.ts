import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import { faultKinds } from '../../sandbox/wire/faults';
import { startOfDay } from '../../sandbox/vendor/location';
import { manyContracts, storyPassword } from '../../sandbox/seeds/story';
import { artifactsFolder } from './support/artifacts';
import { startBrowser } from './support/editor';

const MARIA = 'maria@example.test';
const CONTRACTS = '/api/public/billing/coworkerContracts';
const PERIODS = '/api/billing/contractpausedperiods';
const SYS = '/api/sys/users';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 A and AA, and what the checker's authors call good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let sandbox: Sandbox;
let token: string;
const errors: string[] = [];

beforeAll(async () => {
	browser = await startBrowser();
	sandbox = await createSandbox();
}, 60_000);
afterAll(async () => {
	await browser?.close();
	await sandbox?.close();
});

beforeEach(async () => {
	sandbox.reset();
	errors.length = 0;
	token = await signIn();
});
afterEach(() => expect(errors).toEqual([]));

async function signIn(username = MARIA): Promise<string> {
	const form = { grant_type: 'password', username, password: storyPassword };
	const body = new URLSearchParams(form);
	const reply = await fetch(`${sandbox.url}/api/token`, { method: 'POST', body });
	return ((await reply.json()) as { access_token: string }).access_token;
}

/** A write of the customer, as the node sends it; the status, or nothing when it was cut. */
async function put(path: string, body?: unknown): Promise<number | undefined> {
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	const init = { method: 'PUT', headers, body: body && JSON.stringify(body) };
	return await fetch(`${sandbox.url}${CONTRACTS}/v2/${path}`, init as RequestInit).then(
		({ status }) => status,
		() => undefined,
	);
}

/** A window with the page; what goes wrong in it is kept in `errors`. */
async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	page.setDefaultTimeout(10_000);
	page.on('pageerror', ({ message }) => errors.push(message));
	page.on('console', (line) => {
		if (line.type() === 'error') errors.push(line.text());
	});
	await page.goto(sandbox.url);
	await page.getByText('live', { exact: true }).waitFor();
	return page;
}

/** What the accessibility checker finds: rule, place and reason of each. */
async function violations(page: Page): Promise<string[]> {
	await page.evaluate(AXE);
	const options: RunOptions = { runOnly: { type: 'tag', values: RULES } };
	const results = (await page.evaluate(
		(given) => (globalThis as unknown as { axe: { run(o: unknown): unknown } }).axe.run(given),
		options,
	)) as AxeResults;
	expect(results.passes.length).toBeGreaterThan(20);
	return results.violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
	);
}

/** Every kind of contract, change, request and fault on one page. */
async function makeHistory(): Promise<void> {
	await put('700100/pause', { PauseCycles: 2 });
	await put('700104/resume?immediate=true');
	await put('700106/pause', { PauseCycles: 1 });
	sandbox.faults.order({ route: 'pause', kind: 'resetAfterCommit' });
	await put('700101/pause', { PauseCycles: 1 });
	sandbox.faults.order({ route: 'resume', kind: 'status', status: 503, commit: true });
	const operator = await asOperator();
	const [, from, until] = await cycleDays(MARIA, 700107);
	const { id } = await operator.period('POST', pauseDays(700107, from!, until!));
	await operator.period('DELETE', undefined, `/${id}`);
	sandbox.setReadings({ scheduledPause: 'hidden' });
}

interface PeriodAnswer {
	request: number;
	id: number;
}

/** What the node sends for an operator: writes of pause periods, and one in a member's session. */
async function asOperator() {
	const session = await signIn('olga@example.test');
	const ask = async (path: string, bearer?: string, method = 'GET', body?: unknown) => {
		const headers = { ...(bearer && { authorization: `Bearer ${bearer}` }) };
		const init = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
		const reply = await fetch(`${sandbox.url}${path}`, init as RequestInit);
		expect(reply.status).toBe(200);
		const text = await reply.text();
		return (text === '' ? {} : JSON.parse(text)) as { token: string; Value: { Id: number } };
	};
	return {
		async period(method: string, body?: unknown, path = ''): Promise<PeriodAnswer> {
			const { Value } = await ask(`${PERIODS}${path}`, session, method, body);
			return { request: sandbox.requests.at(-1)!.n, id: Value.Id };
		},
		async pause(contractId: number) {
			const { token: once } = await ask(`${SYS}/impersonate?coworkerId=15001`, session);
			const exchange = `${SYS}/exchange?token=${once}&validForInMinutes=15`;
			const { token: bearer } = await ask(exchange, undefined, 'POST');
			const path = `${CONTRACTS}/v2/${contractId}/pause`;
			await ask(path, bearer, 'PUT', { PauseCycles: 1 });
		},
	};
}

/** First days of the cycles of a contract from the running one on, as the page has them. */
async function cycleDays(account: string, id: number): Promise<string[]> {
	const reply = await fetch(`${sandbox.url}/_sandbox/plans?account=${account}`);
	const { plans } = (await reply.json()) as { plans: Array<{ id: number; ticks: string[] }> };
	return plans.find((plan) => plan.id === id)!.ticks.slice(5);
}

const instant = (day: string): string => new Date(startOfDay(day)).toISOString();
const pauseDays = (id: number, from: string, until: string) => ({
	CoworkerContractId: id,
	PauseFrom: instant(from),
	PauseUntil: instant(until),
});
const shortDay = (day: string): string =>
	new Date(day).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const told = ({ request }: PeriodAnswer, what: string): RegExp =>
	new RegExp(`^Request ${request} at .*: Operator: pause period ${what}$`);

const contract = (page: Page, id: number) => page.locator(`#contract-${id}`);

describe('the page of the stand-in', () => {
	/** A phone, 1280 pixels at twice the size, a tablet, a desk. */
	const widths = [375, 640, 800, 1280];
	const schemes = ['light', 'dark'] as const;
	const looks = schemes.flatMap((colorScheme) => widths.map((width) => ({ colorScheme, width })));

	afterEach(() => sandbox.setReadings({ scheduledPause: 'visible' }));

	it.each(looks)(
		'can be read by everybody, $colorScheme and $width pixels wide',
		async ({ colorScheme, width }) => {
			await makeHistory();
			const page = await openPage({ viewport: { width, height: 900 }, colorScheme });
			await page.locator('#requests summary').first().click();
			await contract(page, 700101).getByText('Pause, 1 cycle').waitFor();
			// The mark of a fresh change fades.
			await page.waitForTimeout(200);
			expect(await violations(page)).toEqual([]);
			const overflow = await page.locator('html').evaluate((html) => {
				const { scrollWidth, clientWidth } = html as unknown as Record<string, number>;
				return scrollWidth - clientWidth;
			});
			expect(overflow).toBe(0);
			const path = join(artifactsFolder('page'), `${colorScheme}-${width}.png`);
			await page.screenshot({ path, fullPage: true });
			await page.context().close();
		},
	);

	it('keeps the time lines apart from the ground in forced colours', async () => {
		await makeHistory();
		const page = await openPage({ forcedColors: 'active' });
		const colours = await page.evaluate<Record<string, string>>(`(() => {
			const of = (found) => getComputedStyle(document.querySelector(found));
			const { backgroundImage: scheduled } = of('#contract-700101 .band.scheduled');
			const { backgroundColor: active } = of('.legend .active');
			const { backgroundColor: ground } = of('body');
			return { scheduled, active, ground };
		})()`);
		expect(colours.scheduled).toMatch(/^repeating-linear-gradient/);
		expect(colours.active).not.toBe(colours.ground);
		await page.context().close();
	});

	it('does not move for those who want no motion', async () => {
		const animation = async (reducedMotion: 'reduce' | 'no-preference') => {
			const page = await openPage({ reducedMotion });
			sandbox.reset();
			token = await signIn();
			await contract(page, 700100).getByText('Running').waitFor();
			await put('700100/pause', { PauseCycles: 1 });
			const changed = await page.waitForFunction(`{
				const row = document.querySelector('#contract-700100.changed');
				row && getComputedStyle(row).animationName;
			}`);
			const name = await changed.jsonValue();
			await page.context().close();
			return name;
		};
		expect(await animation('no-preference')).toBe('changed');
		expect(await animation('reduce')).toBe('none');
	});

	it('shows at once what changed, by which request, and says it', async () => {
		const page = await openPage();
		await contract(page, 700100).getByText('Running').waitFor();
		await put('700100/pause', { PauseCycles: 2 });
		const number = sandbox.requests.at(-1)!.n;
		await contract(page, 700100).getByText('Pause scheduled').waitFor();
		const line = await contract(page, 700100).getByRole('img').getAttribute('aria-label');
		expect(line).toMatch(/^Time line: Pause scheduled; scheduled pause from .+ to .+; next cycle/);
		expect(await contract(page, 700100).getByRole('list').innerText()).toMatch(
			new RegExp(`^Request ${number} at .*: Pause, 2 cycles: not paused → scheduled .+ – .+$`),
		);
		const said = `Request ${number}, PUT 700100 pause: status 200, carried out.`;
		await page.getByRole('status').filter({ hasText: said }).waitFor();

		await contract(page, 700100).getByRole('link').click();
		expect(new URL(page.url()).hash).toBe(`#request-${number}`);
		await page.locator(`#request-${number}`).getByRole('link').click();
		expect(new URL(page.url()).hash).toBe('#contract-700100');
		await page.context().close();
	});

	it("shows an operator's changes with their own days, by whom and by which request", async () => {
		const page = await openPage();
		const operator = await asOperator();
		const cycles = await cycleDays(MARIA, 700101);
		const pause = (from: number, until: number) => pauseDays(700101, cycles[from]!, cycles[until]!);
		const created = await operator.period('POST', { ...pause(1, 2), Notes: 'Works' });
		const later = await operator.period('POST', pause(3, 4));
		const longer = { ...pause(3, 5), Id: later.id };
		const changed = await operator.period('PUT', longer);
		const noted = await operator.period('PUT', { ...longer, Notes: 'Longer' });
		const deleted = await operator.period('DELETE', undefined, `/${created.id}`);
		await operator.pause(700100);

		const history = contract(page, 700101).getByRole('list');
		await history.getByText(`Request ${deleted.request}`).waitFor();
		const days = (from: number, until: number) =>
			[cycles[from]!, cycles[until]!].map(shortDay).join(' – ');
		const [first, second, third, fourth, earlier] = await history
			.getByRole('listitem')
			.allInnerTexts();
		expect(first).toMatch(told(deleted, `deleted: ${days(1, 2)}`));
		expect(second).toMatch(told(noted, `changed: ${days(3, 5)}, its notes`));
		expect(third).toMatch(told(changed, `changed: ${days(3, 4)} → ${days(3, 5)}`));
		expect(fourth).toMatch(told(later, `created: ${days(3, 4)}`));
		expect(earlier).toBe('1 earlier');

		await history.getByRole('link').first().click();
		const row = page.locator(`#request-${deleted.request}`);
		expect(await row.innerText()).toContain('olga');
		await row.getByRole('link', { name: 'contract 700101' }).click();
		expect(new URL(page.url()).hash).toBe('#contract-700101');
		await page.locator('#requests').getByText('olga for maria').waitFor();
		await page.context().close();
	});

	it('leads to the contract of another customer', async () => {
		const page = await openPage();
		const operator = await asOperator();
		const [, from, until] = await cycleDays('tom@example.test', 800200);
		const { request } = await operator.period('POST', pauseDays(800200, from!, until!));
		await page.locator(`#request-${request}`).getByRole('link').click();
		await contract(page, 800200).getByText('Pause scheduled').waitFor();
		expect(new URL(page.url()).hash).toBe('#contract-800200');
		await page.context().close();
	});

	it('says what somebody else did, which no request has made', async () => {
		const page = await openPage();
		sandbox.otherHand.pause(700101, 1);
		await page.reload();
		const text = await contract(page, 700101).getByRole('list').innerText();
		expect(text).toMatch(/^Somebody else at .*: Pause, 1 cycle: not paused → scheduled/);
		await page.context().close();
	});

	it('stays usable after many requests, and every change still leads to its own', async () => {
		const page = await openPage();
		await put('700100/pause', { PauseCycles: 2 });
		const n = sandbox.requests.at(-1)!.n;
		for (let sent = 0; sent < 300; sent++) await put('700103/pause', { PauseCycles: 1 });
		const last = sandbox.requests.at(-1)!.n;
		await page.locator(`#request-${last}`).waitFor();
		const look = async () => {
			expect(await page.locator('#requests > li').count()).toBeLessThan(90);
			await page.getByText('Of earlier ones, those that changed something.').waitFor();
			await contract(page, 700100).getByRole('link').click();
			await page.locator(`#request-${n}`).getByText('carried out').waitFor();
		};
		await look();
		await page.reload();
		await look();
		await page.context().close();
	});

	it('shows a request with its body, and no session in it', async () => {
		const page = await openPage();
		await put('700100/pause', { PauseCycles: 2 });
		// Its row is drawn anew with the answer.
		await page.locator('#requests > li').first().getByText('carried out').waitFor();
		await page.locator('#requests summary').first().click();
		const text = await page.locator('#requests pre').first().innerText();
		expect(text).toContain('PUT /api/public/billing/coworkerContracts/v2/700100/pause');
		expect(text).toContain('{"PauseCycles":2}');
		expect(text).not.toContain(token);
		await page.context().close();
	});

	it('can be worked with the keyboard alone', async () => {
		const page = await openPage();
		const focused = () =>
			page.evaluate<string>(
				'[document.activeElement].map(({ id, name, textContent }) => id || name || textContent)[0]',
			);
		const tabTo = async (wanted: string) => {
			for (let steps = 0; steps < 60; steps++) {
				if ((await focused()) === wanted) return;
				await page.keyboard.press('Tab');
			}
			throw new Error(`Tab does not lead to ${wanted}`);
		};
		await tabTo('Skip to the contracts');
		await page.keyboard.press('Enter');
		expect(await focused()).toBe('contracts');

		await tabTo('route');
		await page.keyboard.type('Resume');
		await tabTo('kind');
		await page.keyboard.type('Another status');
		await tabTo('status');
		await page.keyboard.press('Control+A');
		await page.keyboard.type('502');
		await page.keyboard.press('Enter');
		await page
			.getByRole('status')
			.filter({ hasText: 'Ordered: Another status on Resume.' })
			.waitFor();
		expect(sandbox.faults.pending()).toMatchObject([
			{ route: 'resume', kind: 'status', status: 502, commit: true, times: 1 },
		]);
		await page.context().close();
	});

	it("moves the vendor's clock", async () => {
		await put('700100/pause', { PauseCycles: 2 });
		const page = await openPage();
		await contract(page, 700100).getByText('Pause scheduled').waitFor();
		await page.getByRole('button', { name: '+1 month' }).click();
		await contract(page, 700100).getByText('Paused', { exact: true }).waitFor();
		expect(sandbox.contract(700100).state).toBe('active');
		// Also late in the evening, when it is another day elsewhere.
		for (const hour of ['10', '23']) {
			await fetch(`${sandbox.url}/_sandbox/clock`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ set: `2031-03-03T${hour}:00:00Z` }),
			});
			await page.locator('#now').filter({ hasText: 'Mar 2031' }).waitFor();
			await page.getByLabel('Set the clock to').fill('2031-05-06');
			await page.getByRole('button', { name: 'Set', exact: true }).click();
			await page.locator('#now').filter({ hasText: 'Tue, 6 May 2031' }).waitFor();
		}
		await page.context().close();
	});

	it('switches readings, limits and sessions, lets somebody else act, and begins anew', async () => {
		const page = await openPage();
		await page.getByLabel('A second pause is').selectOption({ label: 'added to the first' });
		await page.getByRole('status').filter({ hasText: 'added to the first' }).waitFor();
		expect(sandbox.readings.secondPause).toBe('extends');
		await page.getByLabel('A second pause is').selectOption({ label: 'refused' });

		await page.getByRole('button', { name: 'Documented limits' }).click();
		await page.getByText('120 requests and 60 writes a minute').waitFor();
		await page.getByRole('button', { name: 'No limits' }).click();
		await page.getByText('No limits.', { exact: true }).waitFor();

		const hand = page.getByRole('region', { name: 'Somebody else at Nexudus' });
		await hand.getByLabel('Contract').selectOption('700101');
		await hand.getByRole('button', { name: 'Pause' }).click();
		await contract(page, 700101).getByText('Pause scheduled').waitFor();
		expect(sandbox.contract(700101).state).toBe('scheduled');
		await hand.getByRole('button', { name: 'Resume now' }).click();
		await contract(page, 700101).getByText('Running').waitFor();

		await page.getByRole('button', { name: 'Expire sessions' }).click();
		await page.getByRole('status').filter({ hasText: 'Every session has expired.' }).waitFor();
		expect(await put('700100/pause', { PauseCycles: 1 })).toBe(401);

		await page.getByRole('button', { name: 'Start anew' }).click();
		await page.getByText('None yet.').waitFor();
		expect(sandbox.requests).toEqual([]);
		await page.context().close();
	});

	it('offers every fault that there is, each with what it does', async () => {
		const page = await openPage();
		const kind = page.locator('#fault-form [name=kind]');
		for (const name of await kind.locator('option').allInnerTexts()) {
			await kind.selectOption({ label: name });
			expect(await page.locator('#fault-text').innerText()).not.toBe('');
			expect(faultKinds.map(String)).not.toContain(name);
			await page.getByRole('button', { name: 'Order' }).click();
			await page
				.locator('#faults li')
				.last()
				.filter({ hasText: `${name} on Pause` })
				.waitFor();
		}
		expect(sandbox.faults.pending().map(({ kind: ordered }) => ordered)).toEqual([...faultKinds]);
		await page.getByRole('button', { name: 'Clear all' }).click();
		await page.getByRole('status').filter({ hasText: 'No fault waits.' }).waitFor();
		expect(sandbox.faults.pending()).toEqual([]);
		await page.context().close();
	});

	it('finds every one of many contracts with the keyboard, and leads to it', async () => {
		sandbox.addContracts(MARIA, manyContracts(130));
		const page = await openPage();
		const count = async () => await page.locator('.plan').count();
		expect(await count()).toBe(60);
		await page.getByText('1–60 of 139').waitFor();
		await page.getByRole('button', { name: 'Next' }).press('Enter');
		await contract(page, 900_052).waitFor();
		await page.getByRole('status').filter({ hasText: 'Contracts: 61–120 of 139.' }).waitFor();
		await page.keyboard.press('Enter');
		await page.getByText('121–139 of 139').waitFor();
		// At the end the button keeps the focus, and does nothing.
		await page.keyboard.press('Enter');
		expect(await count()).toBe(19);
		expect(await violations(page)).toEqual([]);

		await page.getByLabel('Number or price plan').press('Enter');
		await page.keyboard.type('900061');
		await page.getByText('1–1 of 1', { exact: true }).waitFor();
		const hand = page.getByRole('region', { name: 'Somebody else at Nexudus' });
		await hand.getByLabel('Contract').selectOption('900061');
		await page.getByLabel('Number or price plan').fill('nothing like it');
		await page.getByText('No contract has this in its number or price plan.').waitFor();
		await page.getByLabel('Number or price plan').fill('');
		await page.getByText('1–60 of 139').waitFor();
		expect(await hand.getByLabel('Contract').inputValue()).toBe('900061');

		await put('900130/pause', { PauseCycles: 1 });
		await page.getByRole('link', { name: 'contract 900130' }).click();
		await contract(page, 900_130).getByText('Pause scheduled').waitFor();
		expect(new URL(page.url()).hash).toBe('#contract-900130');
		await page.context().close();
	});

	it('shows what the stand-in refuses, and does not say that it is done', async () => {
		const page = await openPage();
		const hand = page.getByRole('region', { name: 'Somebody else at Nexudus' });
		await hand.getByLabel('Contract').selectOption('700100');
		const refused = page.getByRole('alert');
		errors.length = 0;
		await hand.getByRole('button', { name: 'Resume now' }).click();
		await refused.getByText('Contract 700100 is not paused').waitFor();
		expect(await violations(page)).toEqual([]);
		await page.waitForTimeout(700);
		expect(await page.getByRole('status').innerText()).not.toContain('Somebody else has resumed');
		// Chromium itself notes the status of the answer.
		errors.length = 0;
		await hand.getByRole('button', { name: 'Pause' }).click();
		await refused.waitFor({ state: 'hidden' });
		await page.context().close();
	});

	it('shows another customer', async () => {
		const page = await openPage();
		await page.getByLabel('Customer').selectOption({ label: 'Tom Weber (1)' });
		await contract(page, 800200).waitFor();
		expect(await page.locator('.plan').count()).toBe(1);
		await page.context().close();
	});
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import { faultKinds } from '../../sandbox/wire/faults';
import { storyPassword } from '../../sandbox/seeds/story';
import { artifactsFolder } from './support/artifacts';
import { startBrowser } from './support/editor';

const MARIA = 'maria@example.test';
const CONTRACTS = '/api/public/billing/coworkerContracts';
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

async function signIn(): Promise<string> {
	const form = { grant_type: 'password', username: MARIA, password: storyPassword };
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
	sandbox.setReadings({ scheduledPause: 'hidden' });
}

const contract = (page: Page, id: number) => page.locator(`#contract-${id}`);

describe('the page of the stand-in', () => {
	const widths = [390, 900, 1440];
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

	it('shows a request with its body, and no session in it', async () => {
		const page = await openPage();
		await put('700100/pause', { PauseCycles: 2 });
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
		await page.keyboard.type('resume');
		await tabTo('kind');
		await page.keyboard.type('status');
		await tabTo('status');
		await page.keyboard.press('Control+A');
		await page.keyboard.type('502');
		await page.keyboard.press('Enter');
		await page.getByRole('status').filter({ hasText: 'Ordered: status on resume.' }).waitFor();
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
		await page.getByLabel('Set the clock to').fill('2031-05-06');
		await page.getByRole('button', { name: 'Set', exact: true }).click();
		await page.getByText('Tue, 6 May 2031').first().waitFor();
		expect(sandbox.clock.now().toISOString()).toMatch(/^2031-05-06T/);
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
			await kind.selectOption(name);
			expect(await page.locator('#fault-text').innerText()).not.toBe('');
			await page.getByRole('button', { name: 'Order' }).click();
			await page
				.locator('#faults li')
				.last()
				.filter({ hasText: `${name} on pause` })
				.waitFor();
		}
		expect(sandbox.faults.pending().map(({ kind: ordered }) => ordered)).toEqual([...faultKinds]);
		await page.getByRole('button', { name: 'Clear all' }).click();
		await page.getByRole('status').filter({ hasText: 'No fault waits.' }).waitFor();
		expect(sandbox.faults.pending()).toEqual([]);
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

import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { artifactsFolder } from './artifacts';
import type { N8nUnderTest } from './n8nUnderTest';
import { program } from './packages';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
const WINDOW = { width: 1280, height: 860 };
const STEP_TIMEOUT = 30_000;
/** The first page of a new n8n comes while that is still busy with its own start. */
const FIRST_PAGE_TIMEOUT = 120_000;
/** Until n8n has tested and closed a credential that it saved. */
const CLOSING_TIME = 3_000;

export interface Editor {
	page: Page;
	/** Keeps a picture among the artifacts: of the whole window, or of one part. */
	picture(name: string, part?: Locator | Box): Promise<void>;
}

/** A part of the window, in pixels. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** A Chromium that runs until it is closed. */
export async function startBrowser(): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: program('chromium'), args: FLAGS });
}

/** A window of the editor, with the owner signed in. */
export async function openEditor(
	browser: Browser,
	{ n8n, owner, version }: N8nUnderTest,
): Promise<Editor> {
	const context = await browser.newContext({ viewport: WINDOW, colorScheme: 'light' });
	const page = await context.newPage();
	page.setDefaultTimeout(STEP_TIMEOUT);
	const folder = join(artifactsFolder('pictures'), version);
	mkdirSync(folder, { recursive: true });
	await page.goto(`${n8n.url}/signin`, { timeout: FIRST_PAGE_TIMEOUT });
	// n8n 1 ties no label to its input.
	await page.locator('input').first().fill(owner.email, { timeout: FIRST_PAGE_TIMEOUT });
	await page.locator('input[type=password]').fill(owner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL(({ pathname }) => !pathname.includes('signin'));
	return {
		page,
		async picture(name, part) {
			for (const close of await page.locator('.el-notification__closeBtn').all()) {
				// One that has gone by itself meanwhile.
				await close.click({ timeout: 2_000 }).catch(() => undefined);
			}
			await page.mouse.move(2, 2);
			// Menus, tooltips and messages of n8n fade in and out.
			await page.waitForTimeout(800);
			const path = join(folder, `${name}.png`);
			if (part !== undefined && 'x' in part) await page.screenshot({ path, clip: part });
			else await (part ?? page).screenshot({ path });
		},
	};
}

/** A new workflow with the node panel open. */
export async function newWorkflow(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/workflow/new`);
	await part(page, 'canvas-plus-button').first().click();
	await part(page, 'node-creator-search-bar').waitFor();
}

/** A new workflow that is started by hand, with the node panel open for its next step. */
export async function newManualWorkflow(page: Page, url: string): Promise<void> {
	await newWorkflow(page, url);
	await page.getByText('Trigger manually', { exact: true }).click();
	await part(page, 'canvas-handle-plus').first().click();
	await part(page, 'node-creator-search-bar').waitFor();
}

/** The form of a node of a saved workflow. */
export async function openNode(
	page: Page,
	url: string,
	workflowId: string,
	nodeId: string,
): Promise<void> {
	await page.goto(`${url}/workflow/${workflowId}/${nodeId}`);
	await part(page, 'node-parameters').waitFor();
}

/** The names that the node panel shows for a word, best first. */
export async function foundNodes(page: Page, word: string): Promise<string[]> {
	await part(page, 'node-creator-search-bar').fill(word);
	await nodeInPanel(page).waitFor();
	const texts = await part(page, 'item-iterator-item').allInnerTexts();
	return texts.map((text) => text.split('\n')[0].trim());
}

/** Our node in the node panel. */
export function nodeInPanel(page: Page): Locator {
	return part(page, 'item-iterator-item').filter({ hasText: 'Nexudus' }).first();
}

/** A part of the editor by the name that n8n's own tests use. */
export function part(within: Page | Locator, name: string): Locator {
	return within.getByTestId(name);
}

/** The control of a parameter in the open form. */
export function field(page: Page, name: string): Locator {
	return part(page, `parameter-input-${name}`);
}

/** Turns a switch of the form on or off. */
export async function turn(page: Page, name: string, on: boolean): Promise<void> {
	const toggle = field(page, name).getByRole('switch');
	if ((await toggle.isChecked()) !== on) await field(page, name).locator('.el-switch').click();
}

/** The help text of a parameter, as it appears beside its name. */
export async function helpOf(page: Page, label: string): Promise<string> {
	const name = part(page, 'node-parameters')
		.locator('label')
		.filter({ hasText: new RegExp(`^\\s*${label}`) })
		.first();
	const help = page
		.locator('.n8n-tooltip, [role=tooltip]')
		.filter({ visible: true, hasText: /\S/ })
		.last();
	// In n8n 1 the one before fades away slowly.
	await page.mouse.move(2, 2);
	await help.waitFor({ state: 'hidden' });
	await name.hover();
	await name.locator('svg[data-icon="circle-help"]').hover();
	await help.waitFor();
	return await help.innerText();
}

/** Chooses one of the customer's contracts from the list; gives all that the list shows. */
export async function chooseContract(page: Page, id: number): Promise<string[]> {
	const locator = part(page, 'resource-locator-contractId');
	await part(locator, 'rlc-input').click();
	const items = part(page, 'rlc-item').filter({ visible: true });
	await items.first().waitFor();
	const names = await items.allInnerTexts();
	await items.filter({ hasText: String(id) }).click();
	return names.map((name) => name.trim());
}

/** Chooses an operation in the form. */
export async function chooseOperation(page: Page, name: string): Promise<void> {
	await chooseOption(page, 'operation', name);
}

/** Chooses one of the options of a parameter. */
export async function chooseOption(page: Page, parameter: string, name: string): Promise<void> {
	await field(page, parameter).click();
	await page
		.getByRole('option')
		.filter({ has: page.getByText(name, { exact: true }), visible: true })
		.click();
}

/** "Fetch Test Event" of a trigger; gives what comes out, as the JSON that the output panel shows. */
export async function fetchTestEvent(page: Page): Promise<string> {
	await page.getByRole('button', { name: 'Fetch Test Event' }).first().click();
	return await outputAsJson(page, '"sample"');
}

/** "Execute step"; waits for what comes out, as the JSON that the output panel shows. */
export async function executeStep(page: Page): Promise<string> {
	await part(page, 'node-execute-button').click();
	return await outputAsJson(page, '"system"');
}

/** @param mark stands in what is waited for */
async function outputAsJson(page: Page, mark: string): Promise<string> {
	const output = part(page, 'output-panel');
	await output
		.getByText(/^\d+ item/)
		.first()
		.waitFor();
	await part(output, 'radio-button-json').click();
	const data = part(output, 'ndv-data-container');
	await data.getByText(mark).first().waitFor();
	return await data.innerText();
}

/** "Execute step" of a step that is refused; the text of the error panel. */
export async function executeRefused(page: Page): Promise<string> {
	await part(page, 'node-execute-button').click();
	const output = part(page, 'output-panel');
	await output.getByText('Error details').waitFor();
	return await output.innerText();
}

export interface CredentialForm {
	dialog: Locator;
	/** n8n's verdict, as the dialog shows it after saving or opening it. */
	verdict(): Promise<string>;
	fill(values: Record<string, string>): Promise<void>;
	save(): Promise<void>;
	/** n8n 2 closes the dialog by itself when a saved credential is green; n8n 1 does not. */
	close(): Promise<void>;
}

/** The dialog of the credential, once it is open. */
export function credentialForm(page: Page): CredentialForm {
	const dialog = page.locator('.el-dialog').filter({ has: part(page, 'credential-edit-dialog') });
	return {
		dialog,
		async verdict() {
			const green = dialog.getByText('Connection tested successfully');
			const red = dialog.getByText('Couldn’t connect with these settings');
			await green.or(red).first().waitFor();
			const details = dialog.getByText('More details');
			if (await details.isVisible()) await details.click();
			return await dialog.innerText();
		},
		async fill(values) {
			await dialog.waitFor();
			for (const [name, value] of Object.entries(values)) {
				await part(dialog, `parameter-input-${name}`).locator('input').fill(value);
			}
		},
		async save() {
			await dialog.getByRole('button', { name: 'Save', exact: true }).click();
		},
		async close() {
			await page.waitForTimeout(CLOSING_TIME);
			if (await dialog.isVisible()) await dialog.locator('.el-dialog__headerbtn').click();
			await dialog.waitFor({ state: 'hidden' });
		},
	};
}

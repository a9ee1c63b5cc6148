import type { Browser } from 'playwright-core';
import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import {
	chooseContract,
	chooseOperation,
	chooseOption,
	credentialForm,
	executeRefused,
	executeStep,
	fetchTestEvent,
	field,
	foundNodes,
	newManualWorkflow,
	helpOf,
	newWorkflow,
	nodeInPanel,
	openEditor,
	part,
	startBrowser,
	turn,
	type Editor,
} from './support/editor';
import { lockedNodeVersion } from './support/lockedNode';
import { PASSWORD, startN8nUnderTest, type N8nUnderTest } from './support/n8nUnderTest';

const START_TIMEOUT = 20 * 60_000;
const WORDS = [
	'pause',
	'freeze',
	'suspend',
	'hold',
	'resume',
	'unfreeze',
	'contract',
	'plan',
	'coworking',
];
/** The contract that the tutorial pauses: its pictures are made here. */
const TUTORIALS = 700101;
const WRONG_PASSWORD =
	"Nexudus sign-in: the e-mail or the password is not right. Check 'Email' and 'Password' by signing in to the portal in a browser.";

/** One window for all tests of a generation: each goes on where the one before has stopped. */
describe.each(['2.40.7', '1.123.81'] as const)(
	`n8n %s on Node.js ${lockedNodeVersion()}`,
	(version) => {
		let sandbox: Sandbox;
		let tested: N8nUnderTest;
		let browser: Browser;
		let editor: Editor;

		beforeAll(async () => {
			sandbox = await createSandbox();
			tested = await startN8nUnderTest({ version, name: `editor-${version}` });
			browser = await startBrowser();
			editor = await openEditor(browser, tested);
		}, START_TIMEOUT);

		afterAll(async () => {
			await editor?.picture('last');
			await browser?.close();
			await tested?.n8n.stop();
			await sandbox?.close();
		});

		describe('Editor', () => {
			it('finds the node by what it does', async () => {
				const { page } = editor;
				await newManualWorkflow(page, tested.n8n.url);
				for (const word of WORDS) expect(await foundNodes(page, word)).toContain('Nexudus');
				await foundNodes(page, 'pause');
				const panel = (await part(page, 'node-creator').boundingBox())!;
				await editor.picture('node-search', { ...panel, height: 420 });
			});

			it('shows its operations, and opens the form of one', async () => {
				const { page } = editor;
				await nodeInPanel(page).click();
				for (const action of ['Get many contracts', 'Pause contract', 'Resume contract']) {
					await page.getByText(action, { exact: true }).waitFor();
				}
				await page.getByText('Pause contract', { exact: true }).click();
				await part(page, 'node-parameters').waitFor();
			});

			it('takes a credential: green when it signs in, red with the reason when not', async () => {
				const { page } = editor;
				const form = credentialForm(page);
				const create = page.getByText('Create new credential').filter({ visible: true });
				await page
					.getByText('Connect to Nexudus Customer Session')
					.or(part(page, 'node-credentials-select'))
					.first()
					.click();
				await form.dialog.or(create).first().waitFor();
				if (await create.isVisible()) await create.click();
				await form.fill({
					portalUrl: sandbox.url,
					email: 'maria@example.test',
					password: 'not this one 1',
				});
				await form.save();
				expect(await form.verdict()).toContain(WRONG_PASSWORD);
				expect(sandbox.signIns).toHaveLength(1);
				await editor.picture('credential-red', form.dialog);

				await form.fill({ password: PASSWORD });
				await form.dialog.getByRole('button', { name: 'Retry' }).click();
				await form.dialog.getByText('Connection tested successfully').waitFor();
				await editor.picture('credential-green', form.dialog);
				await form.save();
				await form.close();
			});

			it('lists the contracts of the customer', async () => {
				const names = await chooseContract(editor.page, TUTORIALS);
				expect(names).toEqual(
					expect.arrayContaining([
						'Hot Desk Monthly · 700100 · not paused',
						'Private Office Monthly · 700104 · paused',
						'Studio Monthly · 700106 · cancelled',
						'Locker Monthly · 700107 · not paused, ending',
						'Team Desk Quarterly · 700108 · pause scheduled',
					]),
				);
			});

			it('says what each field means, and links to the vendor', async () => {
				const { page } = editor;
				expect(await helpOf(page, 'Pause Cycles')).toContain('Number of billing cycles');
				expect(await helpOf(page, 'Terms Accepted')).toContain('accepted the pause terms');
				expect(await helpOf(page, 'Dry Run')).toContain('everything but the write');
				await page.getByText("When off, 'Execute step' writes for real").waitFor();
				const link = part(page, 'node-parameters').getByRole('link', {
					name: 'Nexudus documentation',
				});
				expect(await link.getAttribute('href')).toBe(
					'https://learn.nexudus.com/api/endpoints/billing/contract-pause',
				);
			});

			it("says why 'Retry On Fail' can stay off", async () => {
				await part(editor.page, 'output-panel')
					.getByText("'Retry On Fail' can stay off", { exact: false })
					.waitFor();
				await editor.picture('node-form-light');
			});

			it('shows in a dry run what would be sent, and sends nothing', async () => {
				const { page } = editor;
				await field(page, 'pauseCycles').locator('input').fill('2');
				await turn(page, 'termsAccepted', true);
				await turn(page, 'dryRun', true);
				const output = await executeStep(page);
				expect(output).toMatch(/"outcome":\s*"planned"/);
				expect(output).toMatch(/"wouldDo":\s*"write"/);
				expect(output).toContain(`/coworkerContracts/v2/${TUTORIALS}/pause`);
				await page.getByText('Dry run: nothing was changed.', { exact: false }).waitFor();
				expect(sandbox.committed).toEqual([]);
				await editor.picture('dry-run');
			});

			it('pauses for real, and shows the result', async () => {
				const { page } = editor;
				await turn(page, 'dryRun', false);
				await part(page, 'node-execute-button').click();
				await page.getByText('"confirmed"').filter({ visible: true }).first().waitFor();
				const output = await part(part(page, 'output-panel'), 'ndv-data-container').innerText();
				expect(output).toMatch(/"outcome":\s*"changed"/);
				expect(output).toMatch(/"verified":\s*true/);
				expect(sandbox.contract(TUTORIALS)).toMatchObject({ state: 'scheduled', pausedCycles: 2 });
				expect(sandbox.committed).toHaveLength(1);
				await editor.picture('output');
			});

			it('says in the error panel why a pause is refused', async () => {
				const { page } = editor;
				await chooseContract(page, 700105);
				const text = await executeRefused(page);
				expect(text).toContain('Nexudus says that this contract cannot be paused now');
				expect(sandbox.committed).toHaveLength(1);
				await editor.picture('refused');
			});

			it('asks when to resume in the form of that operation', async () => {
				const { page } = editor;
				await chooseOperation(page, 'Resume');
				expect(await helpOf(page, 'Resume When')).toContain('full billing cycle at once');
				await field(page, 'resumeWhen').waitFor();
				await editor.picture('resume');
			});

			it('is as readable in the dark', async () => {
				const { page } = editor;
				await page.emulateMedia({ colorScheme: 'dark' });
				await chooseOperation(page, 'Pause');
				await field(page, 'pauseCycles').waitFor();
				await editor.picture('node-form-dark');
				await page.emulateMedia({ colorScheme: 'light' });
			});

			it('adds the trigger by one of its events', async () => {
				const { page } = editor;
				await newWorkflow(page, tested.n8n.url);
				await foundNodes(page, 'pause');
				await nodeInPanel(page).click();
				await page.getByText('On contract resumed', { exact: true }).waitFor();
				await editor.picture('trigger-events');
				await page.getByText('On pause ending', { exact: true }).click();
				await part(page, 'node-parameters').waitFor();
				expect(await field(page, 'events').innerText()).toContain('Pause Ending');
				await field(page, 'daysBefore').waitFor();
				expect(await helpOf(page, 'Days Before')).toContain('Told once for each end');
			});

			it('fetches a test event from a contract that there is', async () => {
				const { page } = editor;
				const output = await fetchTestEvent(page);
				expect(output).toMatch(/"event":\s*"pauseEnding"/);
				expect(output).toMatch(/"contractId":\s*700104/);
				expect(output).toMatch(/"sample":\s*true/);
				await part(part(page, 'output-panel'), 'radio-button-table').click();
				await editor.picture('trigger-form');
			});

			it('asks for the credential of an operator where the trigger acts as one', async () => {
				const { page } = editor;
				await chooseOption(page, 'actAs', 'Operator');
				await page.getByText('Nexudus Operator').filter({ visible: true }).first().waitFor();
				await editor.picture('trigger-operator');
			});

			it("shows the vendor's side on the page of the stand-in", async () => {
				const { page } = editor;
				await page.goto(sandbox.url);
				await page.getByText('Hot Desk Monthly').first().waitFor();
				await editor.picture('my-plans');
			});
		});
	},
);

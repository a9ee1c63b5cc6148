import axios from 'axios';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page, Request } from 'playwright-core';
import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import { studio } from '../../sandbox/seeds/pricePlans';
import { credentialTypeOf, readWorkflow, withCredentials } from '../../start/example';
import type { N8nVersion } from '../../start/install';
import { CHECKOUT } from '../../start/package';
import type { StoredCredential, StoredWorkflow, WorkflowFile } from '../../start/rest';
import { EXAMPLE_CALLER_HEADER, EXAMPLE_CALLS } from './exampleCalls';
import { artifactsFolder } from './support/artifacts';
import { firstOfMonth } from './support/days';
import { openEditor, part, startBrowser, type Box, type Editor } from './support/editor';
import { lockedNodeVersion } from './support/lockedNode';
import {
	startReceiver,
	startScriptedModel,
	type Receiver,
	type ScriptedModel,
} from './support/loopbackServices';
import {
	login,
	saveLogin,
	saveOperator,
	startN8nUnderTest,
	type N8nUnderTest,
} from './support/n8nUnderTest';
import { csvOf, xlsxOf } from './support/spreadsheet';
import { until } from './support/until';
import { executionsOf } from './support/workflows';

const VERSIONS: N8nVersion[] = ['2.40.7', '1.123.81'];
const START_TIMEOUT = 20 * 60_000;
const EXAMPLES = join(CHECKOUT, 'examples');
const exampleFiles = readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'));
const CALLER = { [EXAMPLE_CALLER_HEADER]: 'caller of the examples' };
const MEMBER = { username: 'maria', password: 'her form 1' };
const HERE = [
	'ai-pause-assistant.json',
	'bulk-freeze-from-spreadsheet.json',
	'member-pause-form.json',
	'pause-ending-reminder.json',
	'reconcile-report.json',
];
const DAY = 86_400_000;
const MARIA = 15_001;
const MARGIN = 48;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const UNPACED = { requestsPerMinute: 0, writesPerMinute: 0, minSpacing: 0 };

it('every example has its test', () => {
	expect([...HERE, ...Object.keys(EXAMPLE_CALLS)].sort()).toEqual(exampleFiles.sort());
});

describe.each(VERSIONS)(`n8n %s on Node.js ${lockedNodeVersion()}`, (version) => {
	let sandbox: Sandbox;
	let model: ScriptedModel;
	let receiver: Receiver;
	let tested: N8nUnderTest;
	let browser: Browser;
	let editor: Editor;
	let credentials: StoredCredential[];

	beforeAll(async () => {
		sandbox = await createSandbox();
		model = await startScriptedModel();
		receiver = await startReceiver();
		tested = await startN8nUnderTest({ version, name: `examples-${version}` });
		browser = await startBrowser();
		editor = await openEditor(browser, tested);
	}, START_TIMEOUT);

	afterAll(async () => {
		await browser?.close();
		await tested?.n8n.stop();
		await Promise.all([sandbox?.close(), model?.close(), receiver?.close()]);
	});

	beforeEach(() => sandbox.reset());

	/** Imports an example, and does what its user has to do: credentials, and addresses of their own. */
	const activate = async (
		file: string,
		change: (workflow: WorkflowFile) => WorkflowFile = (workflow) => workflow,
	): Promise<StoredWorkflow> => {
		const workflow = change(withCredentials(readWorkflow(join(EXAMPLES, file)), credentials));
		return await tested.rest.activateWorkflow(await tested.rest.saveWorkflow(workflow));
	};

	// n8n chooses a credential by itself where there is one of a type, so this comes before any.
	describe('Examples', () => {
		it.each(version.startsWith('2.') ? exampleFiles : exampleFiles.slice(0, 1))(
			'%s is pasted, or opened as a file, by somebody new: each node says that it needs a credential',
			async (file) => {
				const workflow = readWorkflow(join(EXAMPLES, file));
				const needing = workflow.nodes.filter((node) => credentialTypeOf(node) !== undefined);
				const page = await editor.page.context().newPage();
				const shown = async () => {
					const nodes = page.locator('[data-test-id=canvas-node]');
					for (const { name } of workflow.nodes.filter(({ name }) => name !== 'About')) {
						await page.locator(`[data-node-name="${name}"]`).first().waitFor();
					}
					const withIssues = nodes.filter({ has: part(page, 'node-issues') });
					await until(
						'the nodes say what they lack',
						async () => (await withIssues.count()) >= needing.length,
					);
					const names = await withIssues.evaluateAll((all) =>
						all.map((one) => one.getAttribute('data-node-name')),
					);
					expect(names.sort()).toEqual(needing.map(({ name }) => name).sort());
					expect(await page.getByText('Install this node to use it').count()).toBe(0);
				};
				const empty = async () => {
					await page.goto(`${tested.n8n.url}/workflow/new`);
					await part(page, 'canvas-plus-button').first().waitFor();
				};
				try {
					await empty();
					await page.evaluate(pasteOf(readFileSync(join(EXAMPLES, file), 'utf8')));
					await shown();
					if (file !== exampleFiles[0]) return;
					page.on('dialog', (dialog) => void dialog.accept());
					await empty();
					await part(page, 'workflow-import-input').setInputFiles(join(EXAMPLES, file));
					await shown();
				} finally {
					await page.close();
				}
			},
		);
	});

	describe('Examples', () => {
		beforeAll(async () => {
			const { rest } = tested;
			const [[name, value]] = Object.entries(CALLER);
			credentials = [
				await saveLogin(rest, 'Maria', login(sandbox.url, 'maria@example.test')),
				await saveOperator(rest, sandbox.url),
				await rest.saveCredential('httpHeaderAuth', 'Caller', { name, value }),
				await rest.saveCredential('httpBasicAuth', 'Member', {
					user: MEMBER.username,
					password: MEMBER.password,
				}),
				await rest.saveCredential('openAiApi', 'Model', { apiKey: 'none', url: model.url }),
			];
		});

		it.each(exampleFiles)('%s can be imported, and looks like its picture', async (file) => {
			const workflow = withCredentials(readWorkflow(join(EXAMPLES, file)), credentials);
			const { id } = await tested.rest.saveWorkflow(workflow);
			const { page } = editor;
			await page.setViewportSize({ width: 1700, height: 860 });
			await page.goto(`${tested.n8n.url}/workflow/${id}`);
			await part(page, 'canvas-node').first().waitFor();
			await part(page, 'zoom-to-fit').click();
			for (const { name } of workflow.nodes.filter(({ name }) => name !== 'About')) {
				await page.getByText(name, { exact: true }).first().waitFor();
			}
			expect(await page.getByText('Install this node to use it').count()).toBe(0);
			await editor.picture(file.replace('.json', ''), await workflowOnly(page));
		});

		it('member-pause-form.json: from the sign-in to the dates', async () => {
			await activate('member-pause-form.json');
			const form = `${tested.n8n.url}/form/pause-my-contract`;
			// n8n registers the form a moment after it has answered.
			const stranger = async () =>
				(await axios.get(form, { proxy: false, validateStatus: () => true })).status;
			await until('the form is there', async () => (await stranger()) !== 404);
			expect(await stranger()).toBe(401);

			const context = await browser.newContext({
				httpCredentials: MEMBER,
				viewport: { width: 560, height: 420 },
			});
			const page = await context.newPage();
			let sent: Request;
			const next = async () => await page.getByRole('button', { name: /Continue|Finish/ }).click();
			const shot = async (name: string) => {
				const folder = join(artifactsFolder('pictures'), version);
				mkdirSync(folder, { recursive: true });
				await page.screenshot({ path: join(folder, `form-${name}.png`) });
			};
			try {
				await page.goto(form);
				await page.getByLabel('Reason').fill('Away in August');
				await shot('1');
				await next();
				await page.getByText('Which contract, and for how long?').waitFor();
				const contract = page.locator('select').first();
				const offered = await contract.locator('option').allInnerTexts();
				expect(offered.join(' ')).toContain('Hot Desk Monthly (contract 700100)');
				expect(offered.join(' ')).not.toContain('700104');
				await contract.selectOption({ label: 'Hot Desk Monthly (contract 700100)' });
				await page.locator('input[type=number]').fill('1');
				await shot('2');
				await next();
				await page.getByText('Terms of the pause').waitFor();
				await page.locator('select').first().selectOption({ label: 'Yes' });
				await shot('3');
				await next();
				await page.getByText('Pause from when to when?').waitFor();
				expect(sandbox.committed).toEqual([]);
				const dates = /\d+ \w+ 20\d\d/g;
				const promised = (await page.locator('body').innerText()).match(dates);
				await page.locator('select').first().selectOption({ label: 'Yes' });
				await shot('4');
				const last = page.waitForRequest((request) => request.method() === 'POST');
				await next();
				sent = await last;
				await page.getByText('The contract is paused').waitFor();
				expect(promised).toHaveLength(2);
				expect((await page.locator('body').innerText()).match(dates)).toEqual(promised);
				await shot('5');
			} catch (error) {
				await shot('failed');
				throw error;
			} finally {
				await context.close();
			}
			expect(sandbox.committed).toHaveLength(1);
			expect(sandbox.contract(700100).state).toBe('scheduled');

			// The last page again: its execution is over, and asks for nothing more.
			const asked = sandbox.requests.length;
			const again = {
				headers: { 'content-type': sent.headers()['content-type'] },
				proxy: false as const,
				timeout: 10_000,
			};
			// Whatever n8n answers, or does not.
			await axios.post(sent.url(), sent.postDataBuffer(), again).catch(() => undefined);
			await wait(2_000);
			expect(sandbox.requests).toHaveLength(asked);
		});

		it("member-pause-form.json: another member's contract is not paused, and n8n 2 lets no stranger go on", async () => {
			const context = await browser.newContext({ httpCredentials: MEMBER });
			const page = await context.newPage();
			const next = async () => await page.getByRole('button', { name: /Continue|Finish/ }).click();
			await page.goto(`${tested.n8n.url}/form/pause-my-contract`);
			await next();
			const contract = page.locator('select').first();
			await contract.waitFor();
			const { origin, pathname, search } = new URL(page.url());
			if (version.startsWith('2.')) {
				expect(search).not.toBe('');
				const stranger = await axios.get<string>(origin + pathname, {
					proxy: false,
					validateStatus: () => true,
				});
				expect(stranger.data).not.toContain('Hot Desk Monthly');
			}
			await contract.evaluate((element) => {
				const select = element as never as {
					options: Array<{ value: string }>;
					selectedIndex: number;
				};
				select.options[1].value = 'Hot Desk Monthly (contract 800200)';
				select.selectedIndex = 1;
			});
			await page.locator('input[type=number]').fill('1');
			await next();
			await page.getByText('The contract was not paused').waitFor();
			await context.close();
			expect(sandbox.committed).toEqual([]);
			expect(sandbox.contract(800_200).state).toBe('none');
		});

		it('member-pause-form.json: says so where the contracts cannot be read', async () => {
			const context = await browser.newContext({ httpCredentials: MEMBER });
			const page = await context.newPage();
			await sandbox.refuseConnections(true);
			try {
				await page.goto(`${tested.n8n.url}/form/pause-my-contract`);
				await page.getByRole('button', { name: 'Continue' }).click();
				await page.getByText('Your contracts could not be read').waitFor({ timeout: 60_000 });
				await page.getByText('Nexudus').first().waitFor();
			} finally {
				await sandbox.refuseConnections(false);
				await context.close();
			}
		});

		describe('bulk-freeze-from-spreadsheet.json', () => {
			let workflow: StoredWorkflow;
			const columns = ['contractId', 'coworkerId', 'pauseFrom', 'pauseUntil'];
			const [from, until] = [firstOfMonth(2), firstOfMonth(3)];

			beforeAll(async () => {
				// The pace of 60 writes a minute is not what is tested here.
				workflow = await activate('bulk-freeze-from-spreadsheet.json', (file) => ({
					...file,
					nodes: file.nodes.map((node) =>
						node.type === 'n8n-nodes-nexudus.nexudus'
							? { ...node, parameters: { ...node.parameters, requestSettings: UNPACED } }
							: node,
					),
				}));
			});

			afterAll(async () => {
				await tested.rest.deactivateWorkflow(workflow);
			});

			const send = async (
				file: Buffer | null,
				query = '',
				{ name = 'freeze.csv', caller = CALLER } = {},
			) => {
				const form = new FormData();
				const type = name.endsWith('.csv') ? 'text/csv' : XLSX;
				if (file) form.append('file', new Blob([new Uint8Array(file)], { type }), name);
				else form.append('note', 'no file');
				return await axios.post<string>(`${tested.n8n.url}/webhook/bulk-freeze${query}`, form, {
					headers: caller,
					proxy: false,
					responseType: 'text',
					validateStatus: () => true,
				});
			};
			/** What the result file says of each contract, by the first cell. */
			const results = (csv: string) =>
				Object.fromEntries(
					csv
						.replace(/^\uFEFF/, '')
						.trim()
						.split(/\r?\n/)
						.slice(1)
						.map((line) => [line.split(',')[0], line.split(',').slice(2)]),
				) as Record<string, string[]>;
			const day = (days: number) =>
				new Date(sandbox.clock.now().getTime() + days * DAY).toISOString().slice(0, 10);
			const rowsOfMaria = () => [
				columns,
				[700100, MARIA, day(40), day(80)],
				[800200, MARIA, day(40), day(80)],
				[700106, MARIA, day(40), day(80)],
				['abc', MARIA, day(40), day(80)],
				[700101, '', day(40), day(80)],
			];

			it('takes a file in and gives a file back, and a page with a chart', async () => {
				const file = csvOf(rowsOfMaria());
				expect((await send(file, '', { caller: {} as typeof CALLER })).status).toBe(403);
				for (const query of ['?dryRun=True', '?dryRun=', '?dryrun=true', '?nextCycle=1']) {
					expect((await send(file, query)).status).toBe(422);
				}
				const dry = await send(file, '?dryRun=true&nextCycle=true');
				expect(dry.status).toBe(200);
				expect(results(dry.data)['700100'][0]).toBe('would be frozen');
				const asTheRowsSay = results((await send(file, '?dryRun=false')).data);
				expect(asTheRowsSay['700100'].join()).toMatch(/not done/);
				expect(sandbox.committed).toEqual([]);

				const done = results((await send(file, '?nextCycle=true')).data);
				expect(Object.keys(done).sort()).toEqual(['700100', '700101', '700106', '800200', 'abc']);
				expect(done['700100'].slice(0, 2)).toEqual([
					'frozen',
					expect.stringMatching(/^\d{4}-\d\d-\d\d/),
				]);
				expect(done['800200'].join()).toContain('not done');
				expect(done['800200'].join()).toContain('belongs to another member');
				expect(done['700101'].join()).toMatch(/not done.*names no member/);
				expect(done['700106'].join()).toMatch(/not done.*cancelled/);
				expect(done.abc.join()).toMatch(/not done.*'Contract' must be the contract's ID/);
				expect(sandbox.committed).toHaveLength(1);

				const again = await send(file, '?report=html&nextCycle=true');
				expect(again.headers['content-type']).toContain('text/html');
				expect(again.data).toContain('aria-label="1 frozen before, 4 not done"');
				expect(sandbox.committed).toHaveLength(1);
				const context = await browser.newContext({ viewport: { width: 900, height: 460 } });
				const page = await context.newPage();
				await page.setContent(again.data);
				const folder = join(artifactsFolder('pictures'), version);
				await page.screenshot({ path: join(folder, 'bulk-report.png') });
				await context.close();
			});

			it.each([
				['no file', () => null],
				['an empty file', () => Buffer.alloc(0)],
				['a header alone', () => csvOf([columns])],
				[
					'other columns',
					() =>
						csvOf([
							['contract', 'member'],
							[700_100, MARIA],
						]),
				],
				['no spreadsheet at all', () => Buffer.from('%PDF-1.7 not a list')],
			])('answers 422 with what to send to %s, and asks Nexudus nothing', async (_, file) => {
				const requests = sandbox.requests.length;
				const { status, data } = await send(file());
				expect(status).toBe(422);
				expect(JSON.parse(data)).toEqual({
					message: expect.stringContaining(
						'the columns contractId, coworkerId, pauseFrom and pauseUntil',
					),
				});
				expect(sandbox.requests).toHaveLength(requests);
			});

			it('reads CSV as spreadsheets save it, drops no row, and gives no formula back', async () => {
				const link = '=HYPERLINK("http://example.test")';
				const quoted = `"${link.replaceAll('"', '""')}"`;
				const lines = [
					...[columns.join(','), `700100,${MARIA},${from},${until},more`, `700101,${MARIA}`],
					...['', `${quoted},@x,,`, `700102,${MARIA},${from},${until}`, ''],
				];
				const files = [
					`\uFEFF${lines.join('\r\n')}`,
					lines.map((line) => line.replaceAll(',', ';')).join('\n'),
				];
				for (const file of files) {
					const { status, data } = await send(Buffer.from(file), '?dryRun=true&nextCycle=true');
					expect(status).toBe(200);
					expect(Object.keys(results(data))).toEqual(
						expect.arrayContaining(['700100', '700101', '700102']),
					);
					expect(data.trim().split('\n')).toHaveLength(5);
					expect(results(data)['700100'][0]).toBe('would be frozen');
					expect(results(data)['700101'].join()).toMatch(/not done.*'Pause From'/);
					expect(data).toContain(`'${quoted.slice(1, -1)}`);
					expect(data).toContain("'@x");
					expect(data).not.toMatch(/(^|,)"?[=@]/m);
				}
			});

			it('does no row without days, and says which are missing', async () => {
				const file = csvOf([
					['contractId', 'coworkerId', 'from'],
					[700_100, MARIA, from],
				]);
				const { status, data } = await send(file);
				expect(status).toBe(200);
				expect(results(data)['700100'].join()).toMatch(/not done.*'Pause From' is not a day/);
				expect(sandbox.committed).toEqual([]);
			});

			it('reads an Excel file, whose days are numbers', async () => {
				sandbox.addContracts('maria@example.test', [
					{ id: 730_001, pricePlan: studio, currentCycleFrom: firstOfMonth(0) },
					{ id: 730_002, pricePlan: studio, currentCycleFrom: firstOfMonth(0) },
				]);
				const file = xlsxOf([
					columns,
					[730_001, MARIA, { day: from }, { day: until }],
					[730_002, MARIA, from, until],
				]);
				const { data } = await send(file, '', { name: 'freeze.xlsx' });
				expect(results(data)).toEqual({
					'730001': ['frozen', from, until, ''],
					'730002': ['frozen', from, until, ''],
				});
				expect(sandbox.pausesOf(730_001)).toMatchObject([{ from, until }]);
				expect(sandbox.committed).toHaveLength(2);
			});

			it('does 300 rows once', async () => {
				const ids = Array.from({ length: 300 }, (_, i) => 740_001 + i);
				sandbox.addContracts(
					'maria@example.test',
					ids.map((id) => ({ id, pricePlan: studio, currentCycleFrom: firstOfMonth(0) })),
				);
				const file = csvOf([columns, ...ids.map((id) => [id, MARIA, from, until])]);
				const expected = (result: string) =>
					Object.fromEntries(ids.map((id) => [id, [result, from, until, '']]));
				expect(results((await send(file)).data)).toEqual(expected('frozen'));
				expect(results((await send(file)).data)).toEqual(expected('frozen before'));
				expect(sandbox.committed.map(({ contractId }) => contractId).sort()).toEqual(ids);
				for (const id of ids) expect(sandbox.pausesOf(id)).toMatchObject([{ from, until }]);
			}, 300_000);
		});

		it('pause-ending-reminder.json: one message for a pause that ends', async () => {
			const { until: end } = sandbox.contract(700104);
			sandbox.clock.set(new Date(Date.parse(String(end)) - 3 * DAY));
			const workflow = await activate('pause-ending-reminder.json', (file) => ({
				...file,
				nodes: file.nodes.map((node) =>
					node.name === 'Send'
						? { ...node, parameters: { ...node.parameters, url: `${receiver.url}/hooks/pauses` } }
						: node,
				),
			}));
			await until('the message is there', () => receiver.received.length > 0);
			expect(receiver.received).toEqual([
				{
					headers: expect.objectContaining({
						[EXAMPLE_CALLER_HEADER.toLowerCase()]: CALLER[EXAMPLE_CALLER_HEADER],
					}),
					body: {
						contractId: 700104,
						subject: 'Your Private Office Monthly is active again in 3 days',
						text: expect.stringContaining('The pause of contract 700104 ends on'),
					},
				},
			]);
			await tested.rest.deactivateWorkflow(workflow);
			await tested.rest.activateWorkflow(workflow);
			const executions = await executionsOf(tested.rest, workflow.id);
			expect(executions.map(({ status }) => status)).not.toContain('error');
			expect(receiver.received).toHaveLength(1);
			await tested.rest.deactivateWorkflow(workflow);
		});

		it('ai-pause-assistant.json: previews, asks, then acts', async () => {
			await activate('ai-pause-assistant.json');
			const say = async (text: string) =>
				await tested.rest.callWebhook('pause-assistant', { sessionId: 'one', text }, CALLER);
			const pause = (more: object) => ({
				tool: 'Pause_contract',
				arguments: {
					contractId: 700100,
					pauseCycles: 1,
					termsAccepted: true,
					dryRun: true,
					planId: '',
					...more,
				},
			});
			expect((await tested.rest.callWebhook('pause-assistant', {})).status).toBe(403);
			for (const body of [{}, { sessionId: 'one' }, { sessionId: ' ', text: 'Pause' }]) {
				const answer = await tested.rest.callWebhook('pause-assistant', body, CALLER);
				expect(answer).toMatchObject({ status: 422, body: { message: expect.any(String) } });
			}
			expect(model.turns).toEqual([]);

			let plan = '';
			model.play(({ toolReplies }) => {
				if (toolReplies.length === 0) return { tool: 'My_contracts', arguments: {} };
				if (toolReplies.length === 1) {
					return { tool: 'Pause_terms', arguments: { contractId: 700100 } };
				}
				if (toolReplies.length === 2) return pause({});
				[plan = ''] = /[0-9a-f]{12}-[0-9a-f]{20}/.exec(toolReplies[2]) ?? [];
				return `Plan ${plan}. Do you accept the terms and want this pause?`;
			});
			const asked = await say('Pause my hot desk for a month');
			expect(asked).toMatchObject({ status: 200, body: { text: expect.stringContaining(plan) } });
			expect(plan).not.toBe('');
			expect(model.turns[0].tools.map(({ name }) => name).sort()).toEqual(
				['My_contracts', 'Pause_contract', 'Pause_terms'].sort(),
			);
			expect(sandbox.committed).toEqual([]);

			model.play(({ toolReplies }) =>
				toolReplies.length === 0
					? pause({ dryRun: false, planId: plan })
					: `Told: ${toolReplies.at(-1)}`,
			);
			expect(JSON.stringify((await say('Yes, I do')).body)).toContain('changed');
			expect(model.turns[0].said.join()).toContain('Pause my hot desk');
			expect(sandbox.committed).toHaveLength(1);
			expect(sandbox.contract(700100).state).toBe('scheduled');

			// Another conversation knows nothing of it.
			model.play(() => 'Which contract?');
			const other = { sessionId: 'two', text: 'Yes, I do' };
			await tested.rest.callWebhook('pause-assistant', other, CALLER);
			expect(model.turns.map(({ said }) => said)).toEqual([[expect.stringContaining('Yes, I do')]]);

			model.play(() => {
				throw Object.assign(new Error('Out of order'), { statusCode: 400 });
			});
			expect(await say('Hello?')).toMatchObject({
				status: 502,
				body: { message: expect.stringContaining('may have acted before') },
			});
		});

		it('reconcile-report.json: where log and vendor differ', async () => {
			await activate('reconcile-report.json');
			const entry = (contractId: number, after: object, more: object = {}) => ({
				contractId,
				operation: 'pause',
				verified: true,
				after,
				...more,
			});
			const iso = (date: string | null) => new Date(String(date)).toISOString();
			const { from, until: end } = sandbox.contract(700104);
			const asIs = { state: 'active', pausedFromUtc: iso(from), pausedUntilUtc: iso(end) };
			const past = { ...asIs, pausedUntilUtc: '2020-01-01T00:00:00.000Z' };
			const log = [
				entry(700104, { state: 'none' }),
				// In the notation of a sheet.
				entry(700104, { ...asIs, pausedFromUtc: asIs.pausedFromUtc.replace('.000Z', '+00:00') }),
				entry(700100, asIs),
				entry(700101, past),
				entry(700108, { ...asIs, state: 'scheduled' }),
				entry(700102, asIs, { verified: false }),
				entry(700103, { state: 'none' }, { operation: 'resume' }),
				entry(99_999_999, asIs),
				// Nothing was changed by these, so the entries before them count.
				entry(700104, { state: 'none' }, { outcome: 'planned' }),
				{ error: { contractId: 700100, outcome: 'refused', message: 'Refused' } },
				{ error: { contractId: 700105, outcome: 'notTried', message: 'Not tried' } },
				{ error: { contractId: 700109, outcome: 'unknown', message: 'The answer was lost' } },
				entry(700_105, { state: 'none' }, { operation: 'create' }),
			];
			const { status, body } = await tested.rest.callWebhook('reconcile-pauses', { log }, CALLER);
			expect(status).toBe(200);
			const report = body as { counts: object; contracts: Array<Record<string, unknown>> };
			expect(
				Object.fromEntries(report.contracts.map(({ contractId, result }) => [contractId, result])),
			).toEqual({
				700104: 'agree',
				700100: 'differs',
				700101: 'over',
				700108: 'differs',
				700102: 'cannot tell',
				700103: 'agree',
				700109: 'cannot tell',
				700105: 'cannot tell',
				99999999: 'cannot tell',
			});
			expect(report.counts).toEqual({ agree: 2, differs: 2, over: 1, 'cannot tell': 4 });
			for (const nothing of [{}, { log: [] }, { log: 'text' }, { log: [{ id: 1 }] }]) {
				const answer = await tested.rest.callWebhook('reconcile-pauses', nothing, CALLER);
				expect(answer).toMatchObject({ status: 422, body: { message: expect.anything() } });
			}
			expect((await tested.rest.callWebhook('reconcile-pauses', { log })).status).toBe(403);
		});
	});
});

/** What a page does when somebody pastes a text. */
function pasteOf(text: string): string {
	return `{
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', ${JSON.stringify(text)});
		document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
	}`;
}

/** The workflow without the editor around it. */
async function workflowOnly(page: Page): Promise<Box> {
	await page.addStyleTag({
		content: `.vue-flow__panel, [data-test-id="execute-workflow-button"], [data-test-id="canvas-plus-button"],
			[data-test-id="node-creator-plus-button"], .toggleable { visibility: hidden !important; }`,
	});
	const boxes = await page.locator('.vue-flow__node').evaluateAll((nodes) =>
		nodes.map((node) => {
			const { x, y, right, bottom } = node.getBoundingClientRect();
			return { x, y, right, bottom };
		}),
	);
	const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
	return {
		x: x - MARGIN,
		y: y - MARGIN,
		width: Math.max(...boxes.map(({ right }) => right)) - x + 2 * MARGIN,
		// Names stand below their nodes.
		height: Math.max(...boxes.map(({ bottom }) => bottom)) - y + 2 * MARGIN + 20,
	};
}

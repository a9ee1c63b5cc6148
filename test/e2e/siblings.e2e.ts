import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { CALLER_HEADER } from '../../start/example';
import type { N8nVersion } from '../../start/install';
import { allPackages } from '../../start/package';
import type { StoredCredential, WorkflowNode } from '../../start/rest';
import {
	setUpSibling,
	SIBLINGS,
	type Sibling,
	type SiblingSetUp,
	type SiblingStandIn,
} from '../../start/siblings';
import {
	executeStep,
	field,
	openEditor,
	openNode,
	startBrowser,
	type Editor,
} from './support/editor';
import { lockedNodeVersion } from './support/lockedNode';
import { databaseText, startN8nUnderTest, type N8nUnderTest } from './support/n8nUnderTest';
import { secretsIn } from './support/secrets';
import { inARow, node } from './support/workflows';

const VERSIONS: N8nVersion[] = ['2.40.7', '1.123.81'];
const START_TIMEOUT = 20 * 60_000;
const CALLER = 'caller of the siblings';
const ANY_PORT = 0;

/** What a test knows of a sibling beyond what `npm start` does. */
interface Facts {
	nodeType: string;
	/** The field of the credential that is secret, and a wrong value for it. */
	secret: string;
	wrong: string;
	/** Parameters of a resume as the form shows it, without a write. */
	form: Record<string, unknown>;
	/** A field of that form. */
	shown: string;
	reply: object;
	again: { status: number; reply: object };
}

const FACTS: Record<string, Facts> = {
	stripeSubscriptionApi: {
		nodeType: 'n8n-nodes-stripe-subscription.stripeSubscription',
		secret: 'secretKey',
		wrong: 'sk_test_notthisone',
		form: {
			subscription: 'sub_trialended',
			billing_cycle_anchor: 'unchanged',
			proration_behavior: 'always_invoice',
			payment_behavior: 'resume_on_payment_success',
		},
		shown: 'proration_behavior',
		reply: { outcome: 'changed', verified: true, status: 'active', amountDue: 2_000 },
		// Stripe has no preview of a resume for what is not paused.
		again: { status: 422, reply: { outcome: 'refused' } },
	},
	paychtecApi: {
		nodeType: 'n8n-nodes-paychtec.paychtec',
		secret: 'apiKey',
		wrong: 'snd_notthisone',
		form: { subscriptionId: 'sub_paused', charges_handling: 'add_to_unbilled_charges' },
		shown: 'unpaid_invoices_handling',
		reply: { outcome: 'changed', verified: true, status: 'active' },
		again: { status: 200, reply: { outcome: 'unchanged' } },
	},
};

describe.each(VERSIONS)(`n8n %s on Node.js ${lockedNodeVersion()}`, (version) => {
	let tested: N8nUnderTest;
	let caller: StoredCredential;
	let browser: Browser;
	let editor: Editor;

	beforeAll(async () => {
		const packages = allPackages();
		tested = await startN8nUnderTest({ version, name: `siblings-${version}`, packages });
		const header = { name: CALLER_HEADER, value: CALLER };
		caller = await tested.rest.saveCredential('httpHeaderAuth', 'Caller', header);
		browser = await startBrowser();
		editor = await openEditor(browser, tested);
	}, START_TIMEOUT);

	afterAll(async () => {
		await browser?.close();
		await tested?.n8n.stop();
	});

	describe('Siblings', () => {
		it('load beside each other and beside the root package, each with its tool variant', async () => {
			const types = (await tested.rest.nodeTypes()).map(({ name }) => name);
			const ours = Object.values(FACTS).map(({ nodeType }) => nodeType);
			expect(types).toEqual(expect.arrayContaining(['n8n-nodes-nexudus.nexudus']));
			for (const type of ours) expect(types).toEqual(expect.arrayContaining([type, `${type}Tool`]));
		});

		describe.each(SIBLINGS.map((sibling) => [sibling.vendor, sibling] as const))(
			'%s',
			(_, sibling: Sibling) => {
				const facts = FACTS[sibling.credentialType];
				const { path, body } = sibling.call;
				let standIn: SiblingStandIn;
				let setUp: SiblingSetUp;

				beforeAll(async () => {
					standIn = await sibling.open(ANY_PORT);
					setUp = await setUpSibling(tested.rest, sibling, standIn, caller);
				});

				afterAll(async () => await standIn?.close());

				it('tests its credential: green, and red with a wrong key', async () => {
					const { rest } = tested;
					const saved = await rest.saveCredential(
						sibling.credentialType,
						'Tested',
						standIn.credential,
					);
					const verdict = async (more: object) =>
						await rest.testCredential(saved, { ...standIn.credential, ...more });
					expect(await verdict({})).toMatchObject({ status: 'OK' });
					const red = await verdict({ [facts.secret]: facts.wrong });
					expect(red.status).toBe('Error');
					expect(red.message).not.toContain(facts.wrong);
				});

				it('shows its form, and in a dry run what would be sent', async () => {
					const { page } = editor;
					const start = node('Start', 'n8n-nodes-base.manualTrigger', {});
					const resume: WorkflowNode = node(
						'Resume',
						facts.nodeType,
						{ resource: 'subscription', operation: 'resume', ...facts.form, dryRun: true },
						{ credential: setUp.credential },
					);
					const saved = await tested.rest.saveWorkflow(
						inARow(`${sibling.vendor} form`, [start, { ...resume, position: [220, 0] }]),
					);
					await openNode(page, tested.n8n.url, saved.id, String(resume.id));
					await field(page, facts.shown).waitFor();
					const output = await executeStep(page);
					expect(output).toMatch(/"outcome":\s*"planned"/);
					expect(output).toMatch(/"wouldDo":\s*"write"/);
					await page.getByText('Node executed successfully').waitFor({ state: 'hidden' });
					await editor.picture(`${sibling.vendor.toLowerCase()}-form`);
				});

				it('runs its example: one effect, and nothing twice', async () => {
					const { rest } = tested;
					const header = { [CALLER_HEADER]: CALLER };
					expect((await rest.callWebhook(path, body)).status).toBe(403);
					expect(standIn.status()).toBe('paused');
					expect(await rest.callWebhook(path, body, header)).toEqual({
						status: 200,
						body: expect.objectContaining(facts.reply),
					});
					expect(standIn.status()).toBe(sibling.afterwards);
					expect(await rest.callWebhook(path, body, header)).toEqual({
						status: facts.again.status,
						body: expect.objectContaining(facts.again.reply),
					});
					expect(standIn.effects()).toBe(1);
				});

				it('leaves its secret neither in the database nor in the log', async () => {
					const secrets = new Map([['key', String(standIn.credential[facts.secret])]]);
					expect(secretsIn(await databaseText(tested), secrets)).toEqual([]);
					expect(secretsIn(readFileSync(tested.n8n.logFile), secrets)).toEqual([]);
				});
			},
		);
	});
});

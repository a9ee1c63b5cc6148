import axios from 'axios';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import { readWorkflow, withCredentials } from '../../start/example';
import { CHECKOUT } from '../../start/package';
import type {
	StoredCredential,
	StoredWorkflow,
	WorkflowFile,
	WorkflowNode,
} from '../../start/rest';
import { EXAMPLE_CALLER_HEADER } from './exampleCalls';
import { lockedNodeVersion } from './support/lockedNode';
import {
	startMessenger,
	startScriptedModel,
	type Messenger,
	type ScriptedModel,
	type ToolCall,
} from './support/loopbackServices';
import { login, saveLogin, startN8nUnderTest, type N8nUnderTest } from './support/n8nUnderTest';
import { until } from './support/until';
import { newestExecution, node, NEXUDUS, runOf, webhook } from './support/workflows';

const START_TIMEOUT = 20 * 60_000;
const TOOL = 'Pause_contract';
const CONTRACT = 700100;
const DAY = 86_400_000;
/** n8n takes no approval from a robot, such as a messenger that fetches a preview. */
const A_PERSON = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0.0.0 Safari/537.36' };

describe.each(['2.40.7'] as const)(`n8n %s on Node.js ${lockedNodeVersion()}`, (version) => {
	let sandbox: Sandbox;
	let model: ScriptedModel;
	let messenger: Messenger;
	let tested: N8nUnderTest;
	let maria: StoredCredential;
	let openAi: StoredCredential;
	let telegram: StoredCredential;

	beforeAll(async () => {
		sandbox = await createSandbox();
		model = await startScriptedModel();
		messenger = await startMessenger();
		tested = await startN8nUnderTest({ version, name: `ai-${version}` });
		const { rest } = tested;
		maria = await saveLogin(rest, 'Maria', login(sandbox.url, 'maria@example.test'));
		openAi = await rest.saveCredential('openAiApi', 'Scripted model', {
			apiKey: 'none',
			url: model.url,
		});
		telegram = await rest.saveCredential('telegramApi', 'Messenger', {
			accessToken: 'none',
			baseUrl: messenger.url,
		});
	}, START_TIMEOUT);

	afterAll(async () => {
		await tested?.n8n.stop();
		await Promise.all([model?.close(), messenger?.close(), sandbox?.close()]);
	});

	beforeEach(() => sandbox.reset());

	/** The Pause operation as a tool: the model fills in everything but the credential. */
	const pauseTool = (options: Record<string, unknown> = {}): WorkflowNode =>
		node(
			'Pause contract',
			`${NEXUDUS}Tool`,
			{
				resource: 'contract',
				operation: 'pause',
				contractId: {
					__rl: true,
					mode: 'id',
					value: "={{ $fromAI('contractId', 'ID of the contract', 'number') }}",
				},
				pauseCycles: "={{ $fromAI('pauseCycles', 'Billing cycles to pause for', 'number') }}",
				termsAccepted:
					"={{ $fromAI('termsAccepted', 'The member accepted the terms', 'boolean') }}",
				dryRun: "={{ $fromAI('dryRun', 'Only show the plan', 'boolean') }}",
				options: {
					expectedPlanId: "={{ $fromAI('planId', 'ID of the plan that was shown', 'string') }}",
					...options,
				},
			},
			{ credential: maria },
		);

	/** Webhook → agent with the scripted model and the tool; `review` stands between them. */
	const agentWorkflow = (path: string, tool: WorkflowNode, review?: WorkflowNode): WorkflowFile => {
		const start = webhook(path, review ? 'onReceived' : 'lastNode');
		const agent = node(
			'Agent',
			'@n8n/n8n-nodes-langchain.agent',
			{ promptType: 'define', text: '={{ $json.body.text }}', options: {} },
			{ version: 3 },
		);
		const chat = node(
			'Model',
			'@n8n/n8n-nodes-langchain.lmChatOpenAi',
			{
				model: { __rl: true, mode: 'id', value: 'scripted' },
				responsesApiEnabled: false,
				options: {},
			},
			{ version: 1.3, credential: openAi },
		);
		const to = (name: string, type: string) => ({ [type]: [[{ node: name, type, index: 0 }]] });
		return {
			name: path,
			nodes: [start, agent, chat, tool, ...(review ? [review] : [])],
			connections: {
				[start.name]: to(agent.name, 'main'),
				[chat.name]: to(agent.name, 'ai_languageModel'),
				[tool.name]: to(review?.name ?? agent.name, 'ai_tool'),
				...(review && { [review.name]: to(agent.name, 'ai_tool') }),
			},
			settings: { executionOrder: 'v1' },
		};
	};

	const activate = async (workflow: WorkflowFile): Promise<StoredWorkflow> =>
		await tested.rest.activateWorkflow(await tested.rest.saveWorkflow(workflow));

	const ask = async (path: string) =>
		await tested.rest.callWebhook(path, { text: 'Pause my hot desk for a month.' });

	const pauseCall = (more: Record<string, unknown> = {}): ToolCall => ({
		tool: TOOL,
		arguments: {
			contractId: CONTRACT,
			pauseCycles: 1,
			termsAccepted: true,
			dryRun: false,
			planId: '',
			...more,
		},
	});

	/** The plan that a reply of the tool shows. */
	const planIn = (reply: string): string => {
		const [found] = /[0-9a-f]{12}-[0-9a-f]{20}/.exec(reply) ?? [];
		if (found === undefined) throw new Error(`No plan in: ${reply}`);
		return found;
	};

	describe('AI agent', () => {
		it('is offered the node as a tool that reads well', async () => {
			const types = await tested.rest.nodeTypes();
			const tool = types.find(({ name }) => name === `${NEXUDUS}Tool`);
			expect(tool).toMatchObject({
				displayName: 'Nexudus Tool',
				description: 'Pause and resume plan contracts of coworking members, safely',
			});
			model.play(() => 'No need for a tool');
			await activate(agentWorkflow('agent-offered', pauseTool()));
			await ask('agent-offered');
			const [offered] = model.turns[0].tools;
			expect(offered.name).toBe(TOOL);
			expect(offered.description).toMatch(/pause/i);
			expect(Object.keys(offered.parameters.properties).sort()).toEqual(
				['contractId', 'dryRun', 'pauseCycles', 'planId', 'termsAccepted'].sort(),
			);
		});

		it('previews, and writes with the plan it has shown', async () => {
			model.play(({ toolReplies }) => {
				if (toolReplies.length === 0) return pauseCall({ dryRun: true });
				if (toolReplies.length === 1) return pauseCall({ planId: planIn(toolReplies[0]) });
				return 'Done';
			});
			await activate(agentWorkflow('agent-preview', pauseTool()));
			expect(await ask('agent-preview')).toMatchObject({ status: 200, body: [{ output: 'Done' }] });
			const [preview, written] = model.turns[2].toolReplies;
			expect(preview).toContain('"outcome":"planned"');
			expect(written).toContain('"outcome":"changed"');
			expect(sandbox.committed).toHaveLength(1);
			expect(sandbox.contract(CONTRACT).state).toBe('scheduled');
		});

		it('is refused without a plan, is told the plan, and can go on with it', async () => {
			model.play(({ toolReplies }) => {
				if (toolReplies.length === 0) return pauseCall();
				if (toolReplies.length === 1 && sandbox.committed.length === 0) {
					return pauseCall({ planId: planIn(toolReplies[0]) });
				}
				return 'Done';
			});
			await activate(agentWorkflow('agent-refused', pauseTool()));
			await ask('agent-refused');
			const [refused, written] = model.turns[2].toolReplies;
			expect(refused).toMatch(/plan/i);
			expect(refused).not.toContain('"outcome":"changed"');
			expect(written).toContain('"outcome":"changed"');
			expect(sandbox.committed).toHaveLength(1);
		});

		it('cannot make up a plan', async () => {
			model.play(({ toolReplies }) =>
				toolReplies.length === 0
					? pauseCall({ planId: '3f9a1c22b7e0-0a1b2c3d4e5f60718293' })
					: 'Given up',
			);
			await activate(agentWorkflow('agent-invented', pauseTool()));
			await ask('agent-invented');
			expect(model.turns[1].toolReplies[0]).toMatch(/plan/i);
			expect(sandbox.committed).toEqual([]);
		});

		it("cannot give itself the author's permission", async () => {
			model.play(({ toolReplies }) => (toolReplies.length === 0 ? pauseCall() : 'Given up'));
			await activate(
				agentWorkflow(
					'agent-permission',
					pauseTool({ toolMayWriteWithoutPlan: "={{ $fromAI('mayWrite', '', 'boolean') }}" }),
				),
			);
			await ask('agent-permission');
			expect(sandbox.committed).toEqual([]);
		});

		it('writes without a plan where the author allows it', async () => {
			model.play(({ toolReplies }) => (toolReplies.length === 0 ? pauseCall() : 'Done'));
			await activate(agentWorkflow('agent-allowed', pauseTool({ toolMayWriteWithoutPlan: true })));
			await ask('agent-allowed');
			expect(model.turns[1].toolReplies[0]).toContain('"outcome":"changed"');
			expect(sandbox.committed).toHaveLength(1);
		});
	});

	describe("Human review of the agent's call", () => {
		const review = () =>
			node(
				'Review',
				'n8n-nodes-base.telegramHitlTool',
				{
					resource: 'message',
					operation: 'sendAndWait',
					chatId: '1',
					message: '={{ $tool.name }}: {{ JSON.stringify($tool.parameters) }}',
					responseType: 'approval',
					approvalOptions: { values: { approvalType: 'double' } },
					options: {},
				},
				{ version: 1.2, credential: telegram },
			);

		const reviewed = async (path: string, button: RegExp) => {
			model.play(({ toolReplies }) => {
				if (toolReplies.length > 0) return `Told: ${toolReplies[0]}`;
				const { tool, arguments: toolParameters } = pauseCall();
				return { tool, arguments: { toolParameters, hitlParameters: {} } };
			});
			const before = messenger.sent.length;
			const workflow = await activate(
				agentWorkflow(path, pauseTool({ toolMayWriteWithoutPlan: true }), review()),
			);
			await ask(path);
			await until('the message is sent', () => messenger.sent.length > before);
			const message = messenger.sent[before];
			expect(message.text).toContain(String(CONTRACT));
			expect(sandbox.committed).toEqual([]);

			const label = Object.keys(message.buttons).find((text) => button.test(text));
			await until(
				'the execution waits',
				async () => (await newestExecution(tested.rest, workflow.id)).status === 'waiting',
			);
			await axios.get(message.buttons[label as string], { proxy: false, headers: A_PERSON });
			await until('the execution has ended', async () =>
				/success|error/.test((await newestExecution(tested.rest, workflow.id)).status),
			);
			return await newestExecution(tested.rest, workflow.id);
		};

		it('writes once it is approved', async () => {
			const execution = await reviewed(
				'review-approved',
				/^(?!.*(Decline|Disapprove|Reject)).*Approve/,
			);
			expect(execution.status).toBe('success');
			expect(sandbox.committed).toHaveLength(1);
			expect(sandbox.contract(CONTRACT).state).toBe('scheduled');
		});

		it('writes nothing when it is declined', async () => {
			const execution = await reviewed('review-declined', /Decline|Disapprove|Reject/);
			expect(execution.status).toBe('success');
			expect(sandbox.committed).toEqual([]);
		});
	});

	describe('Dry run, approval, write', () => {
		const caller = { [EXAMPLE_CALLER_HEADER]: 'caller of the approval' };
		const request = {
			contractId: CONTRACT,
			pauseCycles: 1,
			termsAccepted: true,
			requestedBy: 'test',
		};
		let workflow: StoredWorkflow;

		beforeAll(async () => {
			const [[name, value]] = Object.entries(caller);
			const header = await tested.rest.saveCredential('httpHeaderAuth', 'Approver', {
				name,
				value,
			});
			workflow = await activate(
				withCredentials(readWorkflow(join(CHECKOUT, 'examples', 'pause-with-approval.json')), [
					maria,
					header,
				]),
			);
		});

		/** The plan of a new call, once its execution waits. */
		const planned = async () => {
			const answer = await tested.rest.callWebhook('plan-pause', request, caller);
			expect(answer).toMatchObject({ status: 202, body: { outcome: 'planned' } });
			expect(sandbox.committed).toEqual([]);
			await until(
				'the execution waits',
				async () => (await newestExecution(tested.rest, workflow.id)).status === 'waiting',
			);
			return answer.body as { planId: string; approveAt: string };
		};
		const answer = async (url: string, approved: boolean, headers = caller) =>
			await axios.post<unknown>(
				url,
				{ approved },
				{
					headers,
					proxy: false,
					validateStatus: () => true,
				},
			);

		it('writes what was approved', async () => {
			const { approveAt, planId } = await planned();
			const { status, data } = await answer(approveAt, true);
			expect({ status, data }).toMatchObject({ status: 200, data: { outcome: 'changed' } });
			expect(sandbox.committed).toHaveLength(1);
			const execution = await newestExecution(tested.rest, workflow.id);
			const [written] = runOf(execution, 'Pause').data?.main?.[0] ?? [];
			expect(written.json).toMatchObject({ planId, audit: { requestedBy: 'test' } });
		});

		it('writes once where the approval is sent twice, at once or later', async () => {
			const { approveAt } = await planned();
			const both = await Promise.all([answer(approveAt, true), answer(approveAt, true)]);
			const later = await answer(approveAt, true);
			expect(both.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
			expect(later.status).toBeGreaterThanOrEqual(400);
			expect(sandbox.committed).toHaveLength(1);
		});

		it('takes no approval from somebody else', async () => {
			const { approveAt } = await planned();
			const wrong = { [EXAMPLE_CALLER_HEADER]: 'somebody else' };
			expect((await answer(approveAt, true, wrong)).status).toBeGreaterThanOrEqual(400);
			expect(sandbox.committed).toEqual([]);
		});

		it('writes nothing when it is not approved', async () => {
			const { approveAt } = await planned();
			expect(await answer(approveAt, false)).toMatchObject({ data: { outcome: 'notApproved' } });
			expect(sandbox.committed).toEqual([]);
		});

		it('is refused, with what changed, when the contract has changed in between', async () => {
			const { approveAt } = await planned();
			sandbox.otherHand.pause(CONTRACT, 2);
			const { status, data } = await answer(approveAt, true);
			expect({ status, data }).toMatchObject({
				status: 422,
				data: { outcome: 'refused', contractId: CONTRACT },
			});
			expect(JSON.stringify(data)).toContain('another pause already');
			expect(sandbox.committed).toEqual([]);
		});

		it('is refused, with what changed, after a renewal', async () => {
			const { approveAt } = await planned();
			sandbox.clock.advance(35 * DAY);
			const { status, data } = await answer(approveAt, true);
			expect({ status, data }).toMatchObject({ status: 422, data: { outcome: 'refused' } });
			expect(JSON.stringify(data)).toContain('renewal date');
			expect(sandbox.committed).toEqual([]);
		});

		it('says at once why a contract cannot be paused', async () => {
			const refused = await tested.rest.callWebhook(
				'plan-pause',
				{ ...request, contractId: 700106 },
				caller,
			);
			expect(refused).toMatchObject({ status: 422, body: { outcome: 'refused' } });
			expect(JSON.stringify(refused.body)).toContain('cancelled');
			// What the write would refuse is refused before anybody is asked.
			const noText = await tested.rest.callWebhook(
				'plan-pause',
				{ ...request, reason: ['no text'] },
				caller,
			);
			expect(noText).toMatchObject({ status: 422, body: { outcome: 'refused' } });
			expect(JSON.stringify(noText.body)).toContain("'Reason'");
		});
	});
});

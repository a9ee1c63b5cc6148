import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { parse as parseFlatted } from 'flatted';
import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

export interface Login {
	email: string;
	password: string;
}

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[key: string]: unknown;
}

export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[key: string]: unknown;
}

export interface StoredWorkflow extends WorkflowFile {
	id: string;
	active: boolean;
	versionId: string;
}

export interface NodeTypeSummary {
	/** With the package, e.g. `n8n-nodes-nexudus.nexudus`. */
	name: string;
	displayName: string;
	version: number | number[];
}

export interface ExecutionSummary {
	id: string;
	status: string;
	mode: string;
	workflowId: string;
	finished: boolean;
}

export interface Execution extends ExecutionSummary {
	/** n8n's run data: `resultData.runData[<node name>]`. */
	data: { resultData: { runData: Record<string, NodeRun[]>; error?: { message: string } } };
}

export interface NodeRun {
	executionStatus: string;
	data?: { main?: Array<Array<{ json: Record<string, unknown> }> | null> };
	error?: { message: string; description?: string };
	[key: string]: unknown;
}

const REQUEST_TIMEOUT = 60_000;
const WEBHOOK_TIMEOUT = 300_000;
const ACTIVATION_TIMEOUT = 30_000;
const POLL_INTERVAL = 100;
/** n8n closes an idle connection after seconds; a request on one that is just closing would be lost. */
const CONNECTIONS = new Agent({ keepAlive: false });

/**
 * The few REST calls of n8n's own editor which setting up and testing a workflow take.
 * They are not n8n's public API: they hold for n8n 1.123 and 2.40.
 * Every call throws an Error with the status and n8n's message when it does not succeed.
 */
export class N8nRest {
	private cookie = '';

	private readonly http: AxiosInstance;

	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: `${url}/rest`,
			timeout: REQUEST_TIMEOUT,
			proxy: false,
			httpAgent: CONNECTIONS,
			headers: { 'browser-id': randomUUID() },
			validateStatus: () => true,
		});
	}

	/** Creates the owner account of a new n8n, or signs in where there is one. */
	async signInAsOwner(login: Login): Promise<void> {
		const { userManagement } = await this.call<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/settings');
		if (userManagement.showSetupOnFirstLoad) {
			await this.call('POST', '/owner/setup', { ...login, firstName: 'Local', lastName: 'Owner' });
		} else {
			await this.call('POST', '/login', {
				emailOrLdapLoginId: login.email,
				password: login.password,
			});
		}
	}

	/** Creates the credential, or gives the one with this name and type the data. */
	async saveCredential(
		type: string,
		name: string,
		data: Record<string, unknown>,
	): Promise<StoredCredential> {
		const stored = await this.call<StoredCredential[]>('GET', '/credentials');
		const existing = stored.find((one) => one.name === name && one.type === type);
		const body = { type, name, data };
		return existing
			? await this.call('PATCH', `/credentials/${existing.id}`, body)
			: await this.call('POST', '/credentials', body);
	}

	/** What the editor's "Test" shows: n8n's verdict on a saved credential. */
	async testCredential(
		credential: StoredCredential,
		data: Record<string, unknown>,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.call('POST', '/credentials/test', { credentials: { ...credential, data } });
	}

	async credentialData(id: string): Promise<Record<string, unknown>> {
		const { data } = await this.call<{ data: Record<string, unknown> }>(
			'GET',
			`/credentials/${id}?includeData=true`,
		);
		return data;
	}

	/**
	 * Imports the workflow, or replaces the one with the same name; one that is the same already
	 * stays untouched. A replaced workflow is inactive afterwards: n8n would go on answering with
	 * its former version for a moment.
	 */
	async saveWorkflow(file: WorkflowFile): Promise<StoredWorkflow> {
		const { name, nodes, connections, settings = {} } = file;
		const body = { name, nodes, connections, settings };
		const found = (await this.listWorkflows()).find((one) => one.name === name);
		if (!found) return await this.call('POST', '/workflows', { ...body, active: false });

		const stored = await this.getWorkflow(found.id);
		if (isDeepStrictEqual(contentOf(stored), contentOf(body))) return stored;
		if (stored.active) await this.deactivateWorkflow(stored);
		const { versionId } = await this.getWorkflow(found.id);
		return await this.call('PATCH', `/workflows/${found.id}`, { ...body, versionId });
	}

	async listWorkflows(): Promise<Array<{ id: string; name: string; active: boolean }>> {
		return await this.call('GET', '/workflows');
	}

	async getWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.call('GET', `/workflows/${id}`);
	}

	/** Publishes the saved version and waits until its webhooks answer. */
	async activateWorkflow({ id }: { id: string }): Promise<StoredWorkflow> {
		const { versionId, active } = await this.getWorkflow(id);
		if (!active) await this.call('POST', `/workflows/${id}/activate`, { versionId });
		return await this.webhooksAre('registered', await this.getWorkflow(id));
	}

	/** Takes the workflow offline and waits until its webhooks are gone. */
	async deactivateWorkflow({ id }: { id: string }): Promise<StoredWorkflow> {
		await this.call('POST', `/workflows/${id}/deactivate`, {});
		return await this.webhooksAre('gone', await this.getWorkflow(id));
	}

	/** Runs a saved workflow by hand from the named trigger, as "Execute workflow" does. */
	async runWorkflow(
		workflow: StoredWorkflow,
		triggerNode: string,
	): Promise<{ executionId: string }> {
		return await this.call('POST', `/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: triggerNode },
		});
	}

	/** The description of every node type, as the editor's node panel gets it. */
	async nodeTypes(): Promise<NodeTypeSummary[]> {
		const { data } = await this.http.get<NodeTypeSummary[]>(`${this.url}/types/nodes.json`, {
			headers: { cookie: this.cookie },
		});
		return data;
	}

	async listExecutions(workflowId?: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify(workflowId ? { workflowId } : {}));
		const { results } = await this.call<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?filter=${filter}`,
		);
		return results;
	}

	/** One execution with its run data; n8n sends that in the flatted format. */
	async getExecution(id: string): Promise<Execution> {
		const execution = await this.call<ExecutionSummary & { data: string }>(
			'GET',
			`/executions/${id}`,
		);
		return { ...execution, data: parseFlatted(execution.data) as Execution['data'] };
	}

	async stopExecution(id: string): Promise<void> {
		await this.call('POST', `/executions/${id}/stop`);
	}

	/** Calls a production webhook; answers status and body as they came. */
	async callWebhook(
		path: string,
		body: unknown,
		headers: Record<string, string> = {},
	): Promise<{ status: number; body: unknown }> {
		const { status, data } = await axios.post<unknown>(`${this.url}/webhook/${path}`, body, {
			headers,
			timeout: WEBHOOK_TIMEOUT,
			proxy: false,
			httpAgent: CONNECTIONS,
			validateStatus: () => true,
		});
		return { status, body: data };
	}

	/**
	 * n8n registers and removes webhooks a moment after it has answered. A preflight request tells
	 * which methods a path takes without running anything.
	 */
	private async webhooksAre(
		wanted: 'registered' | 'gone',
		workflow: StoredWorkflow,
	): Promise<StoredWorkflow> {
		const until = Date.now() + ACTIVATION_TIMEOUT;
		const webhooks = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.webhook');
		for (const { parameters } of webhooks) {
			const path = String(parameters.path);
			const method = String(parameters.httpMethod ?? 'GET');
			while ((await this.methodsOf(path)).includes(method) !== (wanted === 'registered')) {
				if (Date.now() > until) throw new Error(`The webhook "${path}" is still not ${wanted}`);
				await wait(POLL_INTERVAL);
			}
		}
		return workflow;
	}

	private async methodsOf(path: string): Promise<string[]> {
		const { headers } = await axios.options(`${this.url}/webhook/${path}`, {
			headers: { origin: this.url },
			timeout: REQUEST_TIMEOUT,
			proxy: false,
			httpAgent: CONNECTIONS,
			validateStatus: () => true,
		});
		return String(headers['access-control-allow-methods'] ?? '').split(', ');
	}

	/** Any other REST call; answers the `data` of n8n's envelope. */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		return this.unwrap<T>(await this.send(method, path, body));
	}

	private async send(method: string, path: string, body?: unknown): Promise<AxiosResponse> {
		const headers = this.cookie ? { cookie: this.cookie } : {};
		const reply = await this.http.request({ method, url: path, data: body, headers });
		const session = reply.headers['set-cookie']?.find((one) => one.startsWith('n8n-auth='));
		if (session) this.cookie = session.replace(/;.*$/s, '');
		return reply;
	}

	private unwrap<T>({ status, data, config }: AxiosResponse): T {
		const body = data as { message?: string; data?: unknown };
		if (status >= 400) {
			throw new Error(
				`n8n answered ${status} to ${config.method?.toUpperCase()} ${config.url}: ` +
					(body?.message ?? JSON.stringify(data)),
			);
		}
		return (body?.data ?? body) as T;
	}
}

/** What makes two workflows the same for whoever runs them. */
function contentOf({ nodes, connections, settings }: WorkflowFile): unknown {
	return JSON.parse(JSON.stringify({ nodes, connections, settings }));
}

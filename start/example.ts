import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './package';
import type { N8nRest, StoredCredential, StoredWorkflow, WorkflowFile, WorkflowNode } from './rest';

export const EXAMPLE_FILE = join(CHECKOUT, 'examples', 'pause-contract-from-webhook.json');
export const EXAMPLE_WEBHOOK = 'pause-contract';
export const CALLER_HEADER = 'X-Api-Key';

/** The stand-in's member whose contract the example pauses. */
export const MEMBER = { email: 'maria@example.test', password: 'open-sesame-7' };

/** The stand-in's operator, an administrator with every role. */
export const OPERATOR = { email: 'olga@example.test', password: 'open-sesame-7' };

/** The body with which the example is called. */
export const EXAMPLE_BODY = {
	contractId: 700100,
	pauseCycles: 1,
	termsAccepted: true,
	reason: 'Travelling',
	requestedBy: 'npm start',
};

/** The credential type which each node type of the examples takes. */
const CREDENTIAL_TYPES: Record<string, string> = {
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
	'n8n-nodes-base.formTrigger': 'httpBasicAuth',
	'n8n-nodes-base.httpRequest': 'httpHeaderAuth',
	'n8n-nodes-paychtec.paychtec': 'paychtecApi',
	'n8n-nodes-stripe-subscription.stripeSubscription': 'stripeSubscriptionApi',
	'n8n-nodes-base.wait': 'httpHeaderAuth',
	'n8n-nodes-base.webhook': 'httpHeaderAuth',
};
const OURS = /^n8n-nodes-nexudus\./;

/** The type of the credential that a node of an example must be given; undefined for none. */
export function credentialTypeOf({ type, parameters }: WorkflowNode): string | undefined {
	if (!OURS.test(type)) return CREDENTIAL_TYPES[type];
	return parameters.actAs === 'operator' ? 'nexudusOperatorApi' : 'nexudusCustomerSessionApi';
}

/** How an example is called over its webhook. */
export interface ExampleCall {
	path: string;
	body: object;
}

export interface ExampleSetUp {
	workflow: StoredWorkflow;
	nexudus: StoredCredential;
	operator: StoredCredential;
	caller: StoredCredential;
}

/** Reads an importable workflow. */
export function readWorkflow(file: string): WorkflowFile {
	return JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
}

/** The workflow as it is after the user has chosen the credentials in its nodes. */
export function withCredentials(
	workflow: WorkflowFile,
	credentials: StoredCredential[],
): WorkflowFile {
	const chosenFor = (node: WorkflowNode): WorkflowNode => {
		const chosen = credentials.find(({ type }) => type === credentialTypeOf(node));
		if (!chosen) return node;
		return { ...node, credentials: { [chosen.type]: { id: chosen.id, name: chosen.name } } };
	};
	return { ...workflow, nodes: workflow.nodes.map(chosenFor) };
}

/**
 * Puts the example with its two credentials into a running n8n and activates it, beside a credential
 * of the operator; what is there from an earlier start is brought up to date.
 */
export async function setUpExample(
	rest: N8nRest,
	portalUrl: string,
	callerSecret: string,
): Promise<ExampleSetUp> {
	const nexudus = await rest.saveCredential('nexudusCustomerSessionApi', 'Nexudus stand-in', {
		portalUrl,
		signInWith: 'password',
		...MEMBER,
	});
	const operator = await rest.saveCredential('nexudusOperatorApi', 'Nexudus stand-in (operator)', {
		adminUrl: portalUrl,
		portalUrl,
		...OPERATOR,
	});
	const caller = await rest.saveCredential('httpHeaderAuth', 'Caller of the examples', {
		name: CALLER_HEADER,
		value: callerSecret,
	});
	const saved = await rest.saveWorkflow(
		withCredentials(readWorkflow(EXAMPLE_FILE), [nexudus, caller]),
	);
	return { workflow: await rest.activateWorkflow(saved), nexudus, operator, caller };
}

/** The call of an example as a command for the terminal. */
export function exampleCurl(
	n8nUrl: string,
	callerSecret: string,
	{ path, body }: ExampleCall = { path: EXAMPLE_WEBHOOK, body: EXAMPLE_BODY },
): string {
	return [
		`curl -X POST ${n8nUrl}/webhook/${path}`,
		`-H '${CALLER_HEADER}: ${callerSecret}'`,
		"-H 'Content-Type: application/json'",
		`-d '${JSON.stringify(body)}'`,
	].join(' \\\n    ');
}

import { createCredentialStore, runWorkflow, type WorkflowJson } from '../embedded-n8n';
import { NexudusCustomerSessionApi } from '../credentials/NexudusCustomerSessionApi.credentials';
import { Nexudus } from '../embedded-n8n/nexudus';
import { createSandbox } from '../sandbox/createSandbox';
import { EXAMPLE_BODY, EXAMPLE_FILE, MEMBER, readWorkflow } from '../start/example';

/**
 * The example workflow in n8n's engine, without an n8n to install: what its webhook would answer,
 * and what the stand-in holds afterwards.
 * @returns whether the contract is paused
 */
async function demo(): Promise<boolean> {
	const sandbox = await createSandbox();
	try {
		const workflow = readWorkflow(EXAMPLE_FILE) as unknown as WorkflowJson;
		print(`Workflow  ${workflow.name}`);
		print(`Request   ${JSON.stringify(EXAMPLE_BODY)}`);
		const { status, error, responses } = await runWorkflow(workflow, {
			nodeTypes: { 'n8n-nodes-nexudus.nexudus': new Nexudus() },
			credentialStore: createCredentialStore({
				types: [new NexudusCustomerSessionApi()],
				records: {
					nexudusCustomerSessionApi: {
						portalUrl: sandbox.url,
						signInWith: 'password',
						...MEMBER,
						clientId: 'n8n-nodes-nexudus',
						sessionToken: '',
					},
				},
			}),
			triggerItems: [{ json: { body: EXAMPLE_BODY } }],
			mode: 'webhook',
		});
		print(`Run       ${status}${error ? `: ${error.message}` : ''}`);
		print(`Response  ${JSON.stringify(responses[0], null, 2)}`);
		print('Requests at the stand-in');
		for (const { method, path, status: code } of sandbox.requests) {
			print(`  ${method} ${path} ${code}`);
		}
		const { state, from, until } = sandbox.contract(EXAMPLE_BODY.contractId);
		print(`Contract  ${EXAMPLE_BODY.contractId} at the stand-in: ${state}, ${from} to ${until}`);
		return state !== 'none';
	} finally {
		await sandbox.close();
	}
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

demo().then(
	(paused) => process.exit(paused ? 0 : 1),
	(error: Error) => {
		process.stderr.write(`${error.stack}\n`);
		process.exit(1);
	},
);

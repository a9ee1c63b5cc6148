import { createHash, randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { ReadTools, Transport } from '../../../../guarded-change/readWell';
import { openRun } from '../../../../n8n/openRun';
import type { ItemSettings } from '../../../../n8n/requestSettings';
import { n8nTransports } from '../../../../n8n/transport';
import { stripeAccount } from '../../credentials/stripeAccount';
import { judgeRead } from './stripeAnswer';
import { underKey } from './stripeApi';

export const CREDENTIAL = 'stripeSubscriptionApi';

/** The account of this execution, ready to be asked. */
export interface OpenedAccount {
	apiUrl: string;
	apiVersion: string;
	transport: Transport;
	tools: ReadTools;
}

export interface AccountOptions {
	context: IExecuteFunctions;
	settings: ItemSettings;
	/** Items that may still fail before the run stops. */
	failuresLeft?: () => number;
}

/** @throws UserError when the credential cannot be used */
export async function openAccount(options: AccountOptions): Promise<OpenedAccount> {
	const { context, settings } = options;
	const signal = context.getExecutionCancelSignal();
	const { apiUrl, apiVersion, secretKey } = stripeAccount(
		await context.getCredentials(CREDENTIAL, 0),
	);
	const key = createHash('sha256').update(secretKey).digest('hex').slice(0, 16);
	const run = openRun({
		context,
		account: `${apiUrl} ${key}`,
		signal,
		failuresLeft: options.failuresLeft,
	});
	const { clock } = run;
	const transport = n8nTransports({ context, credentialType: CREDENTIAL, clock, signal }).once;
	return {
		apiUrl,
		apiVersion,
		transport,
		tools: {
			run,
			limits: settings,
			settings,
			judge: judgeRead,
			// A preview is a POST that changes nothing, so each send is a request of its own.
			transport: async (request, limit) =>
				await transport(
					request.method === 'POST' ? underKey(request, randomUUID()) : request,
					limit,
				),
		},
	};
}

import type { IExecuteFunctions } from 'n8n-workflow';
import {
	CREDENTIAL_PREFIX,
	paychtecAccount,
	type PaychtecAccount,
} from '../../credentials/paychtecAccount';
import type { ReadTools } from '../../../../guarded-change/readWell';
import type { PaceLimits, RequestSettings } from '../../../../guarded-change/settings';
import { openRun } from '../../../../n8n/openRun';
import { n8nTransports } from '../../../../n8n/transport';
import { judge } from './vendorAnswer';

export const CREDENTIAL = 'paychtecApi';

export interface PaychtecSession extends PaychtecAccount {
	tools: ReadTools;
}

export interface SessionOptions {
	context: IExecuteFunctions;
	settings: RequestSettings & PaceLimits;
	/** Items that may still fail before the run stops. */
	failuresLeft?: () => number;
}

/**
 * The credential's account in this execution.
 * @throws UserError when the credential cannot be used: nothing is sent then
 */
export async function openPaychtec(options: SessionOptions): Promise<PaychtecSession> {
	const { context, settings, failuresLeft } = options;
	const account = paychtecAccount(await context.getCredentials(CREDENTIAL, 0));
	const signal = context.getExecutionCancelSignal();
	const name = `${account.baseUrl} ${account.profileId}`;
	const run = openRun({ context, account: name, signal, failuresLeft });
	const { once } = n8nTransports({
		context,
		credentialType: CREDENTIAL,
		clock: run.clock,
		signal,
		signInPrefix: CREDENTIAL_PREFIX,
	});
	return { ...account, tools: { transport: once, run, limits: settings, settings, judge } };
}

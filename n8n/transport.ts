import type {
	IAllExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { NO_ANSWER, type HttpRequest, type Reply } from '../guarded-change/change';
import type { Transport } from '../guarded-change/readWell';
import type { Clock } from '../guarded-change/world';
import { callLimit } from './callLimit';

/** What the transport needs of any of n8n's node contexts. */
export type RequestContext = IAllExecuteFunctions & IHttpRequestHelper;

export interface TransportOptions {
	context: RequestContext;
	/** With which n8n signs the requests; absent where they carry all that they need. */
	credentialType?: string;
	clock: Clock;
	signal?: AbortSignal;
	/** Messages that begin so come from the sign-in, not from the request; absent where there is none. */
	signInPrefix?: string;
}

export interface Transports {
	/** The request goes out once: n8n never sends it again by itself, and every status is a reply. */
	once: Transport;
	/** On 401 n8n signs in and sends once more: for reads that renew the session. */
	renewing: Transport;
}

/**
 * n8n's request helpers as a transport of the engine: the authenticated one, or the plain one.
 *
 * With `ignoreHttpStatusErrors` a 401 comes back as a reply, so n8n neither signs in nor repeats
 * the request, and headers such as Retry-After are readable on every n8n version.
 */
export function n8nTransports(options: TransportOptions): Transports {
	const { context, credentialType, clock } = options;
	const within = callLimit(clock);
	const late: Reply = { answered: false, code: NO_ANSWER.timedOut };

	const call = async (request: IHttpRequestOptions): Promise<unknown> => {
		const { helpers } = context;
		if (credentialType === undefined) {
			// Unlike the other one, this helper does not know when the execution is cancelled.
			return (await helpers.httpRequest({ ...request, abortSignal: options.signal })) as unknown;
		}
		return (await helpers.httpRequestWithAuthentication.call(
			context,
			credentialType,
			request,
		)) as unknown;
	};
	const send = async (request: HttpRequest, limit: number, once: boolean): Promise<Reply> => {
		const reply = call(requestOptions(request, limit, once)).then(
			(response) => replyOf(response as IN8nHttpFullResponse),
			(error: unknown) => replyOfError(error, options),
		);
		return await within(reply, limit, late);
	};
	return {
		once: async (request, limit) => await send(request, limit, true),
		renewing: async (request, limit) => await send(request, limit, false),
	};
}

function requestOptions(request: HttpRequest, limit: number, once: boolean): IHttpRequestOptions {
	return {
		method: request.method,
		url: request.url,
		headers: request.headers,
		body: request.body,
		timeout: limit > 0 ? limit : undefined,
		returnFullResponse: true,
		ignoreHttpStatusErrors: once,
		// A write never follows a redirect, and the session goes to no other host.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
	};
}

function replyOf({ statusCode, headers, body }: IN8nHttpFullResponse): Reply {
	return { answered: true, status: statusCode, headers: lowerCase(headers), body };
}

function lowerCase(headers: unknown): Record<string, string> {
	const entries = Object.entries((headers ?? {}) as Record<string, unknown>);
	return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** The parts of n8n's errors that are read; which of them are set depends on the n8n version. */
interface HelperError {
	message?: string;
	httpCode?: string | null;
	code?: string;
	context?: { data?: unknown };
	cause?: { code?: string; response?: { headers?: unknown; data?: unknown } };
}

function replyOfError(thrown: unknown, options: TransportOptions): Reply {
	const error = (thrown ?? {}) as HelperError;
	if (options.signal?.aborted) return { answered: false, code: NO_ANSWER.cancelled };
	const { signInPrefix } = options;
	const message = [error.message, (error.cause as Error | undefined)?.message].find(
		(text) => signInPrefix !== undefined && text?.startsWith(signInPrefix),
	);
	if (message !== undefined) return { answered: false, code: NO_ANSWER.noSession, message };

	const code = String(error.httpCode ?? error.cause?.code ?? error.code ?? 'UNKNOWN');
	if (/^[1-5]\d\d$/.test(code)) {
		const { response } = error.cause ?? {};
		const body = response?.data ?? error.context?.data ?? '';
		return {
			answered: true,
			status: Number(code),
			headers: lowerCase(response?.headers),
			body,
		};
	}
	return { answered: false, code };
}

import { html, json, type Answer } from './answer';
import type { Session } from './sessions';
import type { World } from './world';

export interface VendorRequest {
	/** Number of the request, as in `requests`. */
	n: number;
	query: URLSearchParams;
	headers: Record<string, string | string[] | undefined>;
	body: string;
	/** From the path, when it is a number; of an administrator's write from the body. */
	contractId: number | null;
	/** Any other record that the path names. */
	recordId: number | null;
}

export function header(request: VendorRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

export function bearer(request: VendorRequest): string | undefined {
	return /^bearer (.+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
}

/** The session that a request comes in, if its bearer is good. */
export function sessionOf(world: World, request: VendorRequest): Session | undefined {
	const token = bearer(request);
	return token === undefined ? undefined : world.sessions.find(token, world.clock.now());
}

/**
 * JSON or HTML is chosen by `Accept` or `Content-Type`: developers.nexudus.com
 * about-the-public-api [D]; that a page comes back when nobody is signed in [O].
 */
export function unauthorized(request: VendorRequest): Answer {
	const wanted = `${header(request, 'accept')} ${header(request, 'content-type')}`;
	return wanted.includes('application/json')
		? json(401, { Message: 'Authorization has been denied for this request.' })
		: html(401, 'Sign in');
}

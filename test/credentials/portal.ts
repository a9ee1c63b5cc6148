import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';

/** One request as it came over the wire. */
export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

type Answer = (response: ServerResponse, request: Received) => void;

/** A portal whose every answer the test writes itself. */
export interface Portal {
	url: string;
	received: Received[];
	/** Requests to `/api/token`. */
	signIns: () => Received[];
	/** All others. */
	reads: () => Received[];
	/** Tokens that reads accept; null accepts any. */
	accepted: Set<string> | null;
	onSignIn: Answer;
	onRead: Answer;
	close: () => Promise<void>;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
	return (response) => {
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		response.end(JSON.stringify(body));
	};
}

export function page(status: number): Answer {
	return (response) => {
		response.writeHead(status, { 'content-type': 'text/html' });
		response.end('<!doctype html><title>Portal</title>');
	};
}

export const wrongPassword = json(400, {
	error: 'invalid_grant',
	error_description: 'The user name or password is incorrect.',
});

/** Issues token-1, token-2, … and answers reads with the profile of the documented read. */
export async function openPortal(): Promise<Portal> {
	let issued = 0;
	const portal: Portal = {
		url: '',
		received: [],
		signIns: () => portal.received.filter(({ path }) => path === '/api/token'),
		reads: () => portal.received.filter(({ path }) => path !== '/api/token'),
		accepted: new Set(),
		onSignIn: (response, request) => {
			issued += 1;
			portal.accepted?.add(`token-${issued}`);
			json(200, { access_token: `token-${issued}`, token_type: 'bearer', expires_in: 86400 })(
				response,
				request,
			);
		},
		onRead: json(200, {
			User: { Id: 1, FullName: 'Maria' },
			DefaultBusiness: { Name: 'My Space' },
		}),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};

	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			const { method = '', url: path = '', headers } = request;
			const received = { method, path, headers, body };
			portal.received.push(received);
			if (path === '/api/token') return portal.onSignIn(response, received);

			const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
			const isAccepted = portal.accepted === null || portal.accepted.has(token);
			(isAccepted ? portal.onRead : json(401, {}))(response, received);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	portal.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return portal;
}

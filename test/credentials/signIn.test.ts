import { createServer } from 'http';
import type { AddressInfo } from 'net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { customerLogin } from '../../credentials/session/customerLogin';
import { oneTimeCode } from '../../credentials/session/oneTimeCode';
import { signIn } from '../../credentials/session/signIn';
import { helpersOfEngine } from './engineHelpers';
import { json, openPortal, page, wrongPassword, type Portal } from './portal';

const NOW = Date.UTC(2026, 0, 15, 12);
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const PASSWORD = 'open-sesame-7 & more=+%';

let portal: Portal;
const login = (change: ICredentialDataDecryptedObject = {}) => ({
	portalUrl: portal.url,
	signInWith: 'password',
	email: ' maria@example.test ',
	password: PASSWORD,
	oneTimeCodeSecret: '',
	accessToken: '',
	clientId: '',
	sessionToken: '',
	...change,
});
const signInWith = async (change?: ICredentialDataDecryptedObject): Promise<string> =>
	await signIn(await helpersOfEngine(), customerLogin(login(change)), NOW);
const attempt = async (change?: ICredentialDataDecryptedObject): Promise<Error> =>
	await signInWith(change).then(
		() => Promise.reject(new Error('signed in')),
		(error: Error) => error,
	);

beforeEach(async () => {
	portal = await openPortal();
});
afterEach(() => portal.close());

it('sends the documented form and returns the token', async () => {
	expect(await signIn(await helpersOfEngine(), customerLogin(login()), NOW)).toBe('token-1');

	const [request, ...others] = portal.received;
	expect(others).toEqual([]);
	expect(request).toMatchObject({
		method: 'POST',
		path: '/api/token',
		headers: {
			accept: 'application/json',
			'content-type': 'application/x-www-form-urlencoded',
			client_id: 'n8n-nodes-nexudus',
		},
	});
	expect(request?.headers.authorization).toBeUndefined();
	expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
		grant_type: 'password',
		username: 'maria@example.test',
		password: PASSWORD,
	});
});

it('sends the code of the authenticator and the client id given', async () => {
	const change = { oneTimeCodeSecret: 'jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp', clientId: 'desk' };
	await signIn(await helpersOfEngine(), customerLogin(login(change)), NOW);

	expect(portal.received[0]?.headers.client_id).toBe('desk');
	const totp = new URLSearchParams(portal.received[0]?.body).get('totp');
	expect(totp).toBe(oneTimeCode(SECRET, NOW));
});

const grant = (description: string, error = 'invalid_grant') => ({
	error,
	error_description: description,
});
const withCode = { oneTimeCodeSecret: SECRET };
const CHECK_PORTAL_URL = `Check 'Portal URL': it must be the portal's own address, such as https://myspace.spaces.nexudus.com, not a custom domain.`;

const answers: Array<[string, Portal['onSignIn'], string, ICredentialDataDecryptedObject?]> = [
	[
		'wrong password, 400',
		wrongPassword,
		"the e-mail or the password is not right. Check 'Email' and 'Password' by signing in to the portal in a browser.",
	],
	[
		'wrong password, 401',
		json(401, grant('The user name or password is incorrect.')),
		"the e-mail or the password is not right. Check 'Email' and 'Password' by signing in to the portal in a browser.",
	],
	[
		'wrong password, with a code',
		wrongPassword,
		"the e-mail or the password is not right. Check 'Email' and 'Password' by signing in to the portal in a browser; if they are right, check 'One-Time Code Secret'.",
		withCode,
	],
	[
		'not registered at this location',
		json(400, grant('This user is not registered with this location.')),
		"this account is not registered at this location. Check that 'Portal URL' is the portal of the customer's own location.",
	],
	[
		'suspended',
		json(400, grant('This customer has been suspended.')),
		'this account is suspended at this location. Ask the operator of the space to lift the suspension.',
	],
	[
		'refused for a reason we do not know',
		json(400, grant('Come back\r\n  tomorrow.')),
		`the portal refused this login ("Come back tomorrow."). Check 'Email', 'Password' and 'Portal URL'.`,
	],
	[
		'refused with a text that repeats the password',
		json(400, grant(`No such login: ${PASSWORD}`)),
		"the portal refused this login. Check 'Email', 'Password' and 'Portal URL'.",
	],
	[
		'two-factor code needed',
		json(400, grant('Two-factor code required.', 'two_factor_auth_check')),
		"this account uses two-factor sign-in. Enter the secret of its authenticator in 'One-Time Code Secret', so that the code can be computed at each sign-in.",
	],
	[
		'two-factor code needed, said in the description',
		json(400, grant('two_factor_auth_check')),
		"this account uses two-factor sign-in. Enter the secret of its authenticator in 'One-Time Code Secret', so that the code can be computed at each sign-in.",
	],
	[
		'two-factor code refused',
		json(400, grant('Two-factor code required.', 'two_factor_auth_check')),
		"the portal did not accept the one-time code. Check 'One-Time Code Secret', and that the clock of the machine that runs n8n is right.",
		withCode,
	],
	[
		'password must be reset',
		json(400, grant('Reset it.', 'must_reset_password')),
		"the password of this account must be reset first. Reset it in the portal, then enter the new one in 'Password'.",
	],
	[
		'form not understood',
		json(400, grant('', 'unsupported_grant_type')),
		'the portal could not read the sign-in form. Check that no proxy between n8n and the portal changes requests.',
	],
	[
		'throttled, 409 with seconds',
		json(409, '', { 'retry-after': '30' }),
		'the portal asks to wait 30 seconds before the next sign-in. Run the workflow again after that.',
	],
	[
		'throttled, 429 with a date',
		json(429, '', {
			date: 'Thu, 15 Jan 2026 12:00:00 GMT',
			'retry-after': 'Thu, 15 Jan 2026 12:01:00 GMT',
		}),
		'the portal asks to wait until 2026-01-15T12:01:00.000Z before the next sign-in. Run the workflow again after that.',
	],
	[
		'throttled, 429 without a time',
		json(429, ''),
		'the portal asks to wait before the next sign-in. Run the workflow again after that.',
	],
	[
		'conflict that is no throttle',
		json(409, grant('Odd.', 'conflict')),
		`the portal answered with status 409 ("Odd.") and did not sign in. ${CHECK_PORTAL_URL}`,
	],
	[
		'web page with status 200',
		page(200),
		`the portal answered with a web page instead of a session. ${CHECK_PORTAL_URL}`,
	],
	[
		'web page with status 404',
		page(404),
		`the portal answered with a web page instead of a session. ${CHECK_PORTAL_URL}`,
	],
	[
		'redirect',
		json(302, {}, { location: '/login' }),
		`the portal answered with a redirect instead of a session. ${CHECK_PORTAL_URL}`,
	],
	[
		'server trouble, as a page',
		page(503),
		'the portal answered with status 503 and did not sign in. Try again later.',
	],
	[
		'answer without a token',
		json(200, { token: 'x' }),
		`the portal's answer holds no access token. ${CHECK_PORTAL_URL}`,
	],
	[
		'token that no header can carry',
		json(200, { access_token: 'two words' }),
		`the portal's answer holds no access token. ${CHECK_PORTAL_URL}`,
	],
	[
		'empty answer',
		(response) => response.end(),
		`the portal's answer holds no access token. ${CHECK_PORTAL_URL}`,
	],
	[
		'connection lost before the answer',
		(response) => response.destroy(),
		"the portal is not reachable: the connection ended before the answer was complete. Check 'Portal URL' and the network of the machine that runs n8n.",
	],
	[
		'half an answer',
		(response) => {
			response.writeHead(200, { 'content-length': '500' });
			response.write('{"access_token":"tok');
			setTimeout(() => response.destroy(), 20);
		},
		"the portal is not reachable: the connection ended before the answer was complete. Check 'Portal URL' and the network of the machine that runs n8n.",
	],
];

const node = {
	id: '1',
	name: 'Nexudus',
	type: 'n8n-nodes-nexudus.nexudus',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

/** What n8n makes of the error, and that it holds nothing which would change n8n's course. */
function expectSentence(error: Error, sentence: string) {
	for (const key of ['response', 'status', 'statusCode', 'code', 'cause', 'httpCode']) {
		expect(error).not.toHaveProperty(key);
	}
	expect(error.message).toBe(`Nexudus sign-in: ${sentence}`);
	const shown = new NodeApiError(node, error as never);
	expect(shown.message).toBe(error.message);

	const everything = JSON.stringify([shown, { ...error }, error.message, error.stack]);
	for (const secret of [PASSWORD, SECRET, oneTimeCode(SECRET, NOW), 'token-1']) {
		expect(everything).not.toContain(secret);
	}
}

test.each(answers)('%s', async (...[, answer, sentence, change]) => {
	portal.onSignIn = answer;
	expectSentence(await attempt(change), sentence);
	expect(portal.received).toHaveLength(1);
});

it('follows no redirect with the password', async () => {
	const elsewhere = await openPortal();
	portal.onSignIn = json(307, {}, { location: `${elsewhere.url}/api/token` });
	await attempt();
	expect(elsewhere.received).toEqual([]);
	await elsewhere.close();
});

const CHECK_NETWORK = "Check 'Portal URL' and the network of the machine that runs n8n.";

it('says that nobody listens', async () => {
	const closed = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => closed.once('listening', resolve));
	const { port } = closed.address() as AddressInfo;
	await new Promise((resolve) => closed.close(resolve));

	expectSentence(
		await attempt({ portalUrl: `http://127.0.0.1:${port}` }),
		`the portal is not reachable: the connection was refused. ${CHECK_NETWORK}`,
	);
});

it('says that the host has no address', async () => {
	expectSentence(
		await attempt({ portalUrl: 'https://myspace.invalid' }),
		`the portal is not reachable: its host name was not found. ${CHECK_NETWORK}`,
	);
});

it('says that there is no TLS', async () => {
	expectSentence(
		await attempt({ portalUrl: portal.url.replace('http:', 'https:') }),
		`the portal is not reachable: no secure connection could be made. ${CHECK_NETWORK}`,
	);
});

it('says that n8n held the request back', async () => {
	const helpers = {
		httpRequest: async () => await Promise.reject(new Error('Domain not allowed')),
	};
	const error = await signIn(helpers, customerLogin(login()), NOW).catch(
		(failure: Error) => failure,
	);
	expectSentence(
		error as Error,
		"n8n did not send the request. Check 'Allowed HTTP Request Domains' of this credential and the network rules of this n8n.",
	);
});

test.each([
	['email', { email: ' ' }, "'Email' is empty. Enter the customer's e-mail."],
	['password', { password: '' }, "'Password' is empty. Enter the customer's password."],
	[
		'client id',
		{ clientId: 'a\r\nX-Injected: 1' },
		"'Client ID' holds characters that a header cannot carry. Use letters, digits, dots and hyphens.",
	],
	[
		'one-time code secret',
		{ oneTimeCodeSecret: '123456' },
		"'One-Time Code Secret' is not a base32 secret. Enter the letters A to Z and digits 2 to 7 that the authenticator set-up shows, not the six-digit code.",
	],
])('sends nothing with an unusable %s', async (_, change, sentence) => {
	expectSentence(await attempt(change), sentence);
	expect(portal.received).toEqual([]);
});

it('sends nothing with an unusable portal', async () => {
	const error = await attempt({ portalUrl: `${portal.url}/en` });
	expect(error.message).toMatch(/^'Portal URL' holds a path\./);
	expect(portal.received).toEqual([]);
});

it('gives up after 10 seconds, of silence as of an answer that drips', async () => {
	const dripping = await openPortal();
	dripping.onSignIn = (response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const drip = setInterval(() => response.write(' '), 200);
		response.on('close', () => clearInterval(drip));
	};
	portal.onSignIn = () => undefined;

	const began = Date.now();
	const errors = await Promise.all([attempt(), attempt({ portalUrl: dripping.url })]);
	expect(Date.now() - began).toBeLessThan(11_500);
	expect(Date.now() - began).toBeGreaterThan(9_500);
	for (const error of errors) {
		expectSentence(
			error,
			`the portal is not reachable: it did not answer within 10 seconds. ${CHECK_NETWORK}`,
		);
	}
	await dripping.close();
});

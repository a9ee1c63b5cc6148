import { customerLogin } from '../../credentials/session/customerLogin';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { authorizeRequest } from '../../credentials/session/authorizeRequest';
import { sealSession } from '../../credentials/session/sessionSeal';

const login = {
	portalUrl: 'https://myspace.spaces.nexudus.com/',
	signInWith: 'password',
	email: 'maria@example.test',
};
const credential = { ...login, sessionToken: sealSession(customerLogin(login), 'mine') };
const url = 'https://myspace.spaces.nexudus.com/en/user/me';

it('adds the session and asks for JSON, in a copy', () => {
	const options: IHttpRequestOptions = { url, headers: { 'X-Kept': '1' } };
	expect(authorizeRequest(customerLogin(credential), options)).toEqual({
		url,
		headers: { Accept: 'application/json', 'X-Kept': '1', Authorization: 'Bearer mine' },
		sendCredentialsOnCrossOriginRedirect: false,
	});
	expect(options).toEqual({ url, headers: { 'X-Kept': '1' } });
});

it('keeps an Accept header and replaces any Authorization', () => {
	const headers = { accept: 'text/csv', authorization: 'Basic x', AUTHORIZATION: 'y' };
	expect(authorizeRequest(customerLogin(credential), { url, headers }).headers).toEqual({
		accept: 'text/csv',
		Authorization: 'Bearer mine',
	});
});

type Target = { url?: string; uri?: unknown; baseURL?: string };
const authorize = (target: Target) =>
	authorizeRequest(customerLogin(credential), target as unknown as IHttpRequestOptions);

test.each<Target>([
	{ url },
	{ uri: url },
	{ uri: new URL(url) },
	{ url: 'https://MYSPACE.spaces.nexudus.com:443/a' },
	{ url: '/a', baseURL: 'https://myspace.spaces.nexudus.com' },
	{ url: 'a', baseURL: 'https://myspace.spaces.nexudus.com/api/' },
	{ url: '@evil.example/', baseURL: 'https://myspace.spaces.nexudus.com' },
	{ url: '', baseURL: 'https://myspace.spaces.nexudus.com' },
	{ baseURL: 'https://myspace.spaces.nexudus.com' },
])('allows %j', (target) => {
	expect(authorize(target).headers).toHaveProperty('Authorization', 'Bearer mine');
});

test.each<Target>([
	{ url: 'https://evil.example/a' },
	{ uri: 'https://evil.example/a' },
	{ url, uri: 'https://evil.example/a' },
	{ url: 'http://myspace.spaces.nexudus.com/a' },
	{ url: 'https://myspace.spaces.nexudus.com:8443/a' },
	{ url: 'https://myspace.spaces.nexudus.com.evil.example/a' },
	{ url: 'https://myspace.spaces.nexudus.com@evil.example/a' },
	{ url: ' https://evil.example/a' },
	{ url: '//evil.example/a', baseURL: 'https://myspace.spaces.nexudus.com' },
	{ url: 'https://evil.example/a', baseURL: 'https://myspace.spaces.nexudus.com' },
	{ url: '/a', baseURL: 'https://evil.example' },
	{ url: '/a' },
	{},
])('refuses %j', (target) => {
	expect(() => authorize(target)).toThrow(/^The session was not sent: this credential is for/);
});

it('asks n8n for a sign-in when there is no session of this login', () => {
	for (const sessionToken of [
		'',
		'malformed',
		sealSession(customerLogin({ ...login, email: 'tom' }), 'toms'),
	]) {
		let thrown: unknown;
		try {
			authorizeRequest(customerLogin({ ...login, sessionToken }), { url });
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({
			message:
				'Nexudus sign-in: there is no session of this login. Test the credential, so that n8n signs in.',
			response: { status: 401 },
		});
	}
});

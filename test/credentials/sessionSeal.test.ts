import { customerLogin } from '../../credentials/session/customerLogin';
import {
	openSession,
	sealSession,
	sessionFingerprint,
} from '../../credentials/session/sessionSeal';

const login = {
	portalUrl: 'https://myspace.spaces.nexudus.com',
	signInWith: 'password',
	email: 'maria@example.test',
	password: 'open-sesame-7',
	clientId: 'n8n-nodes-nexudus',
};
const token = 'aGVhZGVy.cGF5bG9hZA.c2lnbmF0dXJl_-~+/=';
const sessionToken = sealSession(customerLogin(login), token);

it('gives the token back to the login that made it', () => {
	expect(openSession(customerLogin({ ...login, sessionToken }))).toBe(token);
});

test.each([
	['e-mail in another spelling', { email: ' Maria@Example.TEST ' }],
	['portal with a slash', { portalUrl: 'https://MYSPACE.spaces.nexudus.com/' }],
	['empty client id, which is the default', { clientId: '' }],
	['new password of the same login', { password: 'another-one' }],
])('knows the login again: %s', (_, change) => {
	expect(openSession(customerLogin({ ...login, ...change, sessionToken }))).toBe(token);
});

test.each([
	['e-mail', { email: 'tom@example.test' }],
	['portal', { portalUrl: 'https://other.spaces.nexudus.com' }],
	['way of signing in', { signInWith: 'accessToken' }],
	['client id', { clientId: 'n8n-front-desk' }],
])('keeps the token from another %s', (_, change) => {
	expect(openSession(customerLogin({ ...login, ...change, sessionToken }))).toBeUndefined();
});

const fingerprint = sessionFingerprint(customerLogin(login));
test.each<[unknown]>([
	[''],
	[undefined],
	[null],
	[42],
	['token-without-login'],
	[fingerprint],
	[`${fingerprint}.`],
	[`${fingerprint}.two words`],
	[`${fingerprint}.line\r\nX-Injected: 1`],
	[`${fingerprint.slice(1)}.${token}`],
])('takes nothing from %j', (stored) => {
	expect(openSession(customerLogin({ ...login, sessionToken: stored as string }))).toBeUndefined();
});

it('does not show the e-mail', () => {
	expect(sessionToken).not.toContain('maria');
	expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

it('keeps the parts of a login apart', () => {
	const one = { ...login, email: 'a', clientId: 'b,c' };
	const other = { ...login, email: 'a,b', clientId: 'c' };
	expect(sessionFingerprint(customerLogin(one))).not.toBe(sessionFingerprint(customerLogin(other)));
});

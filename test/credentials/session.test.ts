import { customerLogin } from '../../credentials/session/customerLogin';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { sealSession } from '../../credentials/session/sessionSeal';
import { CREDENTIAL, send, storeOf, type HelperPath } from './engineHelpers';
import { json, openPortal, page, wrongPassword, type Portal } from './portal';

let portal: Portal;
beforeEach(async () => {
	portal = await openPortal();
});
afterEach(() => portal.close());

const login = (change: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
	portalUrl: `${portal.url}/`,
	signInWith: 'password',
	email: 'maria@example.test',
	password: 'open-sesame-7',
	...change,
});
const bearers = () => portal.reads().map(({ headers }) => headers.authorization);
const read = () => ({ method: 'GET' as const, url: `${portal.url}/en/user/me` });

describe.each<HelperPath>(['httpRequestWithAuthentication', 'requestWithAuthentication'])(
	'%s',
	(path) => {
		it('signs in from cold once, stores the session and uses it again', async () => {
			const store = storeOf(login());
			const [first] = await send(store, path, [read()]);
			const [second] = await send(store, path, [read()]);

			expect(first?.body).toMatchObject({ User: { Id: 1 } });
			expect(second?.body).toMatchObject({ User: { Id: 1 } });
			expect(portal.signIns()).toHaveLength(1);
			expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-1']);
			expect(store.read(CREDENTIAL).sessionToken).toBe(
				sealSession(customerLogin(login()), 'token-1'),
			);
		});

		it('signs in once for items in parallel', async () => {
			const outcomes = await send(storeOf(login()), path, Array.from({ length: 20 }, read));
			expect(outcomes.filter(({ error }) => error === undefined)).toHaveLength(20);
			expect(portal.signIns()).toHaveLength(1);
		});

		it('signs in once more when the session has expired, also for items in parallel', async () => {
			const store = storeOf(login());
			await send(store, path, [read()]);
			portal.accepted?.clear();

			const outcomes = await send(store, path, Array.from({ length: 20 }, read));
			expect(outcomes.filter(({ error }) => error === undefined)).toHaveLength(20);
			expect(portal.signIns()).toHaveLength(2);
			expect(store.read(CREDENTIAL).sessionToken).toBe(
				sealSession(customerLogin(login()), 'token-2'),
			);
		});

		it('stops when the new session is refused too', async () => {
			const store = storeOf(
				login({ sessionToken: sealSession(customerLogin(login()), 'expired') }),
			);
			portal.onRead = json(401, {});
			const [outcome] = await send(store, path, [read()]);

			expect(outcome?.error?.httpCode).toBe('401');
			expect(bearers()).toEqual(['Bearer expired', 'Bearer token-1']);
			expect(portal.signIns()).toHaveLength(1);
		});

		it('makes one attempt with a wrong password, and a new one with another password', async () => {
			const store = storeOf(login({ password: 'wrong' }));
			portal.onSignIn = wrongPassword;
			const [outcome] = await send(store, path, [read()]);

			expect(outcome?.error?.message).toMatch(
				/^Nexudus sign-in: the e-mail or the password is not right\./,
			);
			expect(portal.signIns()).toHaveLength(1);
			expect(portal.reads()).toEqual([]);

			store.save(CREDENTIAL, login({ password: 'wrong too' }));
			await send(store, path, [read()]);
			expect(portal.signIns()).toHaveLength(2);
		});

		it('makes one attempt with a wrong password after the session has expired', async () => {
			const sessionToken = sealSession(customerLogin(login()), 'expired');
			portal.onSignIn = wrongPassword;
			const [outcome] = await send(storeOf(login({ sessionToken })), path, [read()]);

			expect(outcome?.error?.message).toMatch(/^Nexudus sign-in: the e-mail or the password/);
			expect(portal.signIns()).toHaveLength(1);
			expect(bearers()).toEqual(['Bearer expired']);
		});

		it('makes one attempt at a portal that answers with a page', async () => {
			portal.onSignIn = page(200);
			const [outcome] = await send(storeOf(login()), path, [read()]);
			expect(outcome?.error?.message).toMatch(/^Nexudus sign-in: .* web page/);
			expect(portal.signIns()).toHaveLength(1);
		});

		test.each<[string, ICredentialDataDecryptedObject]>([
			['e-mail', { email: 'tom@example.test' }],
			['client id', { clientId: 'n8n-front-desk' }],
		])('never sends the session of another %s', async (_, change) => {
			const store = storeOf(login());
			await send(store, path, [read()]);
			const { sessionToken = '' } = store.read(CREDENTIAL);

			store.save(CREDENTIAL, login({ ...change, sessionToken }));
			const [outcome] = await send(store, path, [read()]);

			expect(outcome?.error).toBeUndefined();
			expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-2']);
			const stored = sealSession(customerLogin(login(change)), 'token-2');
			expect(store.read(CREDENTIAL).sessionToken).toBe(stored);
		});

		it('never sends the session to the portal that took the place of the first', async () => {
			const other = await openPortal();
			const store = storeOf(login());
			await send(store, path, [read()]);
			const { sessionToken = '' } = store.read(CREDENTIAL);

			store.save(CREDENTIAL, login({ portalUrl: other.url, sessionToken }));
			await send(store, path, [{ method: 'GET', url: `${other.url}/en/user/me` }]);

			expect(other.signIns()).toHaveLength(1);
			expect(other.reads()).toHaveLength(1);
			await other.close();
		});

		it('sends nothing without a session of this login', async () => {
			portal.onSignIn = json(503, '');
			const foreign = sealSession(
				customerLogin(login({ email: 'tom@example.test' })),
				'toms-token',
			);
			const store = storeOf(login({ sessionToken: foreign }));
			const [outcome] = await send(store, path, [read()]);

			expect(outcome?.error?.message).toMatch(/^Nexudus sign-in: .* status 503/);
			expect(portal.reads()).toEqual([]);
			expect(JSON.stringify(portal.received)).not.toContain('toms-token');
		});

		it('sends the session to no other origin', async () => {
			const other = await openPortal();
			const store = storeOf(login());
			await send(store, path, [read()]);
			const [outcome] = await send(store, path, [{ method: 'GET', url: `${other.url}/a` }]);

			expect(outcome?.error?.message).toBe(
				`The session was not sent: this credential is for ${portal.url} alone, and the request goes to ${other.url}. Use the portal's own address in the request, or the credential of the other portal.`,
			);
			expect(other.received).toEqual([]);
			await other.close();
		});

		it('sends the session to no other origin after a redirect', async () => {
			const other = await openPortal();
			other.accepted = null;
			const store = storeOf(login());
			await send(store, path, [read()]);
			portal.onRead = json(302, {}, { location: `${other.url}/en/user/me` });
			await send(store, path, [{ ...read(), maxRedirects: 5 } as never]);

			expect(other.received).toHaveLength(1);
			expect(other.received[0]?.headers.authorization).toBeUndefined();
			await other.close();
		});

		it('sends an access token as it is, and never signs in', async () => {
			portal.accepted = new Set(['mine']);
			const given = { signInWith: 'accessToken', accessToken: ' mine ', email: '', password: '' };
			const store = storeOf(login(given));
			const [outcome] = await send(store, path, [read()]);
			expect(outcome?.body).toMatchObject({ User: { Id: 1 } });

			portal.accepted.clear();
			const [refused] = await send(store, path, [read()]);
			expect(refused?.error?.httpCode).toBe('401');
			expect(new Set(bearers())).toEqual(new Set(['Bearer mine']));
			expect(portal.signIns()).toEqual([]);
			expect(store.writes).toEqual([]);
		});

		test.each(['', 'Bearer mine', 'a\r\nX-Injected: 1'])(
			'sends nothing with the access token %j',
			async (accessToken) => {
				const store = storeOf(login({ signInWith: 'accessToken', accessToken }));
				const [outcome] = await send(store, path, [read()]);
				expect(outcome?.error?.message).toBe(
					"Nexudus sign-in: 'Access Token' is empty or holds spaces. Enter the token alone, without the word Bearer.",
				);
				expect(portal.received).toEqual([]);
			},
		);

		it('sends nothing while the portal cannot be used', async () => {
			const store = storeOf(login({ portalUrl: `${portal.url}/en` }));
			const [outcome] = await send(store, path, [read()]);
			expect(outcome?.error?.message).toMatch(/^'Portal URL' holds a path\./);
			expect(portal.received).toEqual([]);
		});
	},
);

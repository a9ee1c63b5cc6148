import { Secret, TOTP } from 'otpauth';
import { contractsPath, maria, openPortal, password, type Form, type Portal } from './portal';

let portal: Portal;
beforeAll(async () => {
	portal = await openPortal();
});
afterAll(() => portal.sandbox.close());
beforeEach(() => portal.sandbox.reset());

const login = (username: string, more: Form = {}): Form => ({
	grant_type: 'password',
	username,
	password,
	...more,
});
const otto = 'otto@example.test';
const ottosCode = () =>
	new TOTP({ secret: Secret.fromBase32('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP') }).generate();

describe('POST /api/token', () => {
	it('gives a bearer for a day and a refresh token', async () => {
		const reply = await portal.token(login(maria), { client_id: 'a-client' });
		expect(reply.status).toBe(200);
		expect(reply.data).toEqual({
			access_token: expect.any(String),
			token_type: 'bearer',
			expires_in: 86_400,
			refresh_token: expect.any(String),
		});
		expect(portal.sandbox.signIns).toMatchObject([
			{ email: maria, clientId: 'a-client', outcome: 'ok' },
		]);
	});

	it.each([
		['a wrong password', login(maria, { password: 'wrong' }), 'invalid_grant'],
		['an unknown login', login('nobody@example.test'), 'invalid_grant'],
		['a login of another location', login('elsa@example.test'), 'invalid_grant'],
		['a password that must be reset', login('rita@example.test'), 'must_reset_password'],
		['two-factor sign-in without a code', login(otto), 'two_factor_auth_check'],
		['a wrong code', login(otto, { totp: '000000' }), 'two_factor_auth_check'],
		['no grant type', { username: maria, password }, 'unsupported_grant_type'],
	])('refuses %s', async (_case, form, error) => {
		const reply = await portal.token(form as Form);
		expect(reply.status).toBe(400);
		expect(reply.data).toEqual({ error, error_description: expect.any(String) });
		expect(portal.sandbox.signIns.map((entry) => entry.outcome)).toEqual([error]);
	});

	it('tells a wrong password from a login of another location by the description', async () => {
		const wrong = await portal.token(login(maria, { password: 'wrong' }));
		const elsewhere = await portal.token(login('elsa@example.test'));
		expect(wrong.data.error_description).toBe('The user name or password is incorrect.');
		expect(elsewhere.data.error_description).toContain('not registered');
	});

	it('takes a form only', async () => {
		const reply = await portal.http.post('/api/token', login(maria));
		expect(reply.data.error).toBe('unsupported_grant_type');
	});

	it('takes the code of an authenticator', async () => {
		const reply = await portal.token(login(otto, { totp: ottosCode() }));
		expect(reply.status).toBe(200);
	});

	it('takes the code of now even when the vendor clock was moved', async () => {
		portal.sandbox.clock.advance(40 * 86_400_000);
		expect((await portal.token(login(otto, { totp: ottosCode() }))).status).toBe(200);
	});

	it('keeps no password in the request log', async () => {
		await portal.token(login(maria));
		expect(JSON.stringify(portal.sandbox.requests)).not.toContain(password);
	});
});

describe('refresh', () => {
	const refresh = (refresh_token: string, clientId?: string) =>
		portal.token(
			{ grant_type: 'refresh_token', refresh_token },
			clientId === undefined ? undefined : { client_id: clientId },
		);

	it('works once, with the client id of the sign-in', async () => {
		const first = (await portal.token(login(maria), { client_id: 'a' })).data.refresh_token;
		expect((await refresh(first, 'b')).data.error).toBe('invalid_grant');
		expect((await refresh(first)).data.error).toBe('invalid_grant');
		expect((await refresh(first, 'a')).status).toBe(200);
		expect((await refresh(first, 'a')).data.error).toBe('invalid_grant');
	});

	it('wants the e-mail as client id when the sign-in had none', async () => {
		const { refresh_token } = (await portal.token(login(maria))).data;
		expect((await refresh(refresh_token, maria)).status).toBe(200);
	});

	it('has one refresh token for a client id', async () => {
		const first = (await portal.token(login(maria), { client_id: 'a' })).data.refresh_token;
		await portal.token(login(maria), { client_id: 'a' });
		expect((await refresh(first, 'a')).data.error).toBe('invalid_grant');
	});
});

describe('the session', () => {
	it('shows who is signed in, with the bearer in the reply', async () => {
		const http = await portal.as('tom@example.test');
		const { data } = await http.get('/api/public/coworkers/profiles');
		const sent = http.defaults.headers.authorization as string;
		expect(`Bearer ${data.User.AccessToken}`).toBe(sent);
		expect(data.Profiles.map((profile: { FullName: string }) => profile.FullName)).toEqual([
			'Tom Weber',
			'Weber Drafting',
		]);
	});

	it('shows only the fields that a shape names', async () => {
		const http = await portal.as(maria);
		const shape = 'User.Id,DefaultBusiness.Name,Profiles.Id';
		const { data } = await http.get(`/api/public/coworkers/profiles?_shape=${shape}`);
		expect(data).toEqual({
			User: { Id: 5001 },
			DefaultBusiness: { Name: 'Example Works Madrid' },
			Profiles: [{ Id: 15_001 }],
		});
	});

	it.each([
		['application/json', 401, 'application/json; charset=utf-8'],
		['text/html', 401, 'text/html; charset=utf-8'],
	])('without a bearer and with Accept: %s is %i as %s', async (accept, status, type) => {
		const reply = await portal.http.get(contractsPath, { headers: { accept } });
		expect(reply.status).toBe(status);
		expect(reply.headers['content-type']).toBe(type);
	});

	it('ends after a day of the vendor clock', async () => {
		const http = await portal.as(maria);
		portal.sandbox.clock.advance(86_400_000 - 60_000);
		expect((await http.get(contractsPath)).status).toBe(200);
		portal.sandbox.clock.advance(60_000);
		expect((await http.get(contractsPath)).status).toBe(401);
	});

	it('can be ended for one login', async () => {
		const [marias, toms] = [await portal.as(maria), await portal.as('tom@example.test')];
		portal.sandbox.expireSessions(maria);
		expect((await marias.get(contractsPath)).status).toBe(401);
		expect((await toms.get(contractsPath)).status).toBe(200);
		portal.sandbox.expireSessions();
		expect((await toms.get(contractsPath)).status).toBe(401);
	});

	it('keeps no bearer in the request log', async () => {
		const http = await portal.as(maria);
		await http.get(contractsPath);
		const sent = (http.defaults.headers.authorization as string).slice('Bearer '.length);
		expect(portal.sandbox.requests.at(-1)?.headers.authorization).toMatch(/^#[0-9a-f]{8}$/);
		expect(JSON.stringify(portal.sandbox.requests)).not.toContain(sent);
	});
});

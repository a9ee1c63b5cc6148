import { existsSync } from 'fs';
import { resolve } from 'path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { NexudusOperatorApi } from '../../credentials/NexudusOperatorApi.credentials';
import { operatorLogin } from '../../credentials/session/operatorLogin';
import { sealSession } from '../../credentials/session/sessionSeal';
import { testCredential } from '../../embedded-n8n';
import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import { send, storeOf, type HelperPath } from './engineHelpers';
import { openPortal, wrongPassword, type Portal } from './portal';

const CREDENTIAL = 'nexudusOperatorApi';
const type = new NexudusOperatorApi();

describe('fields', () => {
	const field = (name: string) => type.properties.find((property) => property.name === name);

	it('are those of the interface', () => {
		expect(type.name).toBe(CREDENTIAL);
		expect(type.displayName).toBe('Nexudus Operator API');
		expect(type.properties.map(({ name, default: value }) => [name, value])).toEqual([
			['adminUrl', 'https://spaces.nexudus.com'],
			['portalUrl', ''],
			['email', ''],
			['password', ''],
			['oneTimeCodeSecret', ''],
			['clientId', 'n8n-nodes-nexudus'],
			['sessionToken', ''],
		]);
	});

	it.each(['password', 'oneTimeCodeSecret', 'sessionToken'])('masks %s', (name) => {
		expect(field(name)?.typeOptions?.password).toBe(true);
	});

	it('keeps the session token hidden and expirable', () => {
		expect(field('sessionToken')).toMatchObject({
			type: 'hidden',
			typeOptions: { expirable: true },
		});
	});

	it('has its icons', () => {
		const icons = Object.values(type.icon).map((icon: string) => icon.replace('file:', ''));
		for (const icon of icons) expect(existsSync(resolve('credentials', icon))).toBe(true);
	});
});

describe('credential test', () => {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await createSandbox();
	});
	afterEach(async () => await sandbox.close());

	const login = (change: ICredentialDataDecryptedObject = {}) => ({
		adminUrl: sandbox.url,
		portalUrl: sandbox.url,
		email: 'olga@example.test',
		password: 'open-sesame-7',
		...change,
	});
	const verdict = async (change?: ICredentialDataDecryptedObject) =>
		await testCredential(storeOf(login(change), type), type.test, CREDENTIAL);

	it.each([
		['a full administrator', {}],
		['an administrator who may only list customers', { email: 'dora@example.test' }],
		[
			'an administrator with two-factor sign-in',
			{
				email: 'ivan@example.test',
				oneTimeCodeSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
			},
		],
	])('is green for %s', async (_, change) => {
		expect(await verdict(change)).toMatchObject({ status: 'OK' });
		expect(sandbox.signIns).toMatchObject([{ outcome: 'ok', clientId: 'n8n-nodes-nexudus' }]);
		const reads = sandbox.requests.filter(({ kind }) => kind !== 'token');
		expect(reads).toMatchObject([{ kind: 'coworkers', query: { page: '1', size: '1' } }]);
	});

	it.each([
		[
			'a customer',
			{ email: 'maria@example.test' },
			/Check that it is an administrator with the role Coworker-List, not a customer/,
		],
		['a wrong password', { password: 'wrong' }, /^Nexudus sign-in: .* the Nexudus dashboard/],
		['a missing one-time code', { email: 'ivan@example.test' }, /uses two-factor sign-in/],
		['an empty e-mail', { email: '' }, /'Email' is empty. Enter the operator's e-mail/],
	])('is red for %s', async (_, change, message) => {
		expect(await verdict(change)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	it.each([
		['status 401', { kind: 'status', status: 401 }],
		['status 403', { kind: 'status', status: 403, body: '{"Message":"No"}' }],
		['status 500', { kind: 'status', status: 500 }],
		['a web page', { kind: 'html' }],
		['another JSON', { kind: 'status', status: 200, body: '{"WasSuccessful":false}' }],
	] as const)('is red for an answer of %s', async (_, fault) => {
		sandbox.faults.order({ route: 'coworkers', ...fault });
		expect(await verdict()).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/did not answer with a list.*'Admin URL'/),
		});
	});
});

describe.each<HelperPath>(['httpRequestWithAuthentication', 'requestWithAuthentication'])(
	"the session of an operator through n8n's %s",
	(path) => {
		let server: Portal;
		beforeEach(async () => {
			server = await openPortal();
		});
		afterEach(() => server.close());

		const login = (change: ICredentialDataDecryptedObject = {}) => ({
			adminUrl: server.url,
			portalUrl: 'https://myspace.spaces.nexudus.com',
			email: 'olga@example.test',
			password: 'open-sesame-7',
			...change,
		});
		const read = () => ({ method: 'GET' as const, url: `${server.url}/api/spaces/coworkers` });

		it('is opened once for requests at the same time, sealed and kept', async () => {
			const store = storeOf(login(), type);
			await send(store, path, [read(), read(), read()], CREDENTIAL);
			await send(store, path, [read()], CREDENTIAL);
			expect(server.signIns()).toHaveLength(1);
			expect(store.read(CREDENTIAL).sessionToken).toBe(
				sealSession(operatorLogin(login()), 'token-1'),
			);
		});

		it('goes to no portal', async () => {
			const portal = await openPortal();
			const store = storeOf(login({ portalUrl: portal.url }), type);
			await send(store, path, [read()], CREDENTIAL);
			const [outcome] = await send(
				store,
				path,
				[{ method: 'GET', url: `${portal.url}/api/public/plans/my` }],
				CREDENTIAL,
			);
			expect(outcome?.error?.message).toBe(
				`The session was not sent: this credential is for ${server.url} alone, and the request goes to ${portal.url}. Use the address in 'Admin URL' in the request: a portal takes the session of a customer.`,
			);
			expect(portal.received).toEqual([]);
			await portal.close();
		});

		it('is not asked for again at once where the login is refused', async () => {
			server.onSignIn = wrongPassword;
			const [outcome] = await send(storeOf(login(), type), path, [read()], CREDENTIAL);
			expect(outcome?.error?.message).toMatch(/^Nexudus sign-in: the e-mail or the password/);
			expect(server.signIns()).toHaveLength(1);
			expect(server.reads()).toEqual([]);
		});

		it('is never the one of another login', async () => {
			const store = storeOf(login(), type);
			await send(store, path, [read()], CREDENTIAL);
			const { sessionToken = '' } = store.read(CREDENTIAL);
			store.save(CREDENTIAL, login({ email: 'pia@example.test', sessionToken }));
			await send(store, path, [read()], CREDENTIAL);
			expect(server.signIns()).toHaveLength(2);
			expect(server.reads().map(({ headers }) => headers.authorization)).toEqual([
				'Bearer token-1',
				'Bearer token-2',
			]);
		});
	},
);

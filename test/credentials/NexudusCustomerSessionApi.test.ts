import { customerLogin } from '../../credentials/session/customerLogin';
import { existsSync } from 'fs';
import { resolve } from 'path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { NexudusCustomerSessionApi } from '../../credentials/NexudusCustomerSessionApi.credentials';
import { sealSession } from '../../credentials/session/sessionSeal';
import { testCredential } from '../../embedded-n8n';
import { CREDENTIAL, storeOf } from './engineHelpers';
import { json, openPortal, page, wrongPassword, type Portal } from './portal';

const type = new NexudusCustomerSessionApi();

describe('fields', () => {
	const field = (name: string) => type.properties.find((property) => property.name === name);

	it('are those of the interface', () => {
		expect(type.name).toBe(CREDENTIAL);
		expect(type.displayName).toBe('Nexudus Customer Session API');
		expect(type.properties.map(({ name, default: value }) => [name, value])).toEqual([
			['portalUrl', ''],
			['signInWith', 'password'],
			['email', ''],
			['password', ''],
			['oneTimeCodeSecret', ''],
			['accessToken', ''],
			['clientId', 'n8n-nodes-nexudus'],
			['sessionToken', ''],
		]);
	});

	it.each(['password', 'oneTimeCodeSecret', 'accessToken', 'sessionToken'])('masks %s', (name) => {
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
		expect(icons).toHaveLength(2);
		for (const icon of icons) expect(existsSync(resolve('credentials', icon))).toBe(true);
	});
});

describe('credential test', () => {
	let portal: Portal;
	beforeEach(async () => {
		portal = await openPortal();
	});
	afterEach(() => portal.close());

	const password = (change: ICredentialDataDecryptedObject = {}) => ({
		portalUrl: portal.url,
		signInWith: 'password',
		email: 'maria@example.test',
		password: 'open-sesame-7',
		...change,
	});
	const token = () => ({
		portalUrl: portal.url,
		signInWith: 'accessToken',
		accessToken: 'mine',
	});
	const verdict = async (data: ICredentialDataDecryptedObject) =>
		await testCredential(storeOf(data), type.test, CREDENTIAL);

	it('signs in and reads who is signed in', async () => {
		expect((await verdict(password({ portalUrl: ` ${portal.url}/ ` }))).status).toBe('OK');
		expect(portal.signIns()).toHaveLength(1);
		expect(portal.reads().map(({ method, path }) => [method, decodeURIComponent(path)])).toEqual([
			['GET', '/api/public/coworkers/profiles?_shape=User.Id,User.FullName,DefaultBusiness.Name'],
		]);
		expect(portal.reads()[0]?.headers).toMatchObject({
			accept: 'application/json',
			authorization: 'Bearer token-1',
		});
	});

	it('signs in afresh, whatever session is stored', async () => {
		const sessionToken = sealSession(customerLogin(password()), 'older');
		expect((await verdict(password({ sessionToken }))).status).toBe('OK');
		expect(portal.signIns()).toHaveLength(1);
	});

	it('reads with the access token given', async () => {
		portal.accepted = new Set(['mine']);
		expect((await verdict(token())).status).toBe('OK');
		expect(portal.signIns()).toEqual([]);
	});

	it('is red for an access token that the portal refuses', async () => {
		expect((await verdict(token())).status).toBe('Error');
	});

	it('is red for a wrong password, after one attempt', async () => {
		portal.onSignIn = wrongPassword;
		expect(await verdict(password())).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^Nexudus sign-in: the e-mail or the password is not right/),
		});
		expect(portal.signIns()).toHaveLength(1);
	});

	describe.each(['password', 'accessToken'])('in the mode %s is red for', (mode) => {
		test.each<[string, Portal['onRead']]>([
			['a web page with status 200', page(200)],
			['an empty answer', (response) => response.end()],
			['another JSON', json(200, { WasSuccessful: false })],
			['null', json(200, null)],
		])('%s', async (_, answer) => {
			portal.accepted = null;
			portal.onRead = answer;
			expect(await verdict(mode === 'password' ? password() : token())).toEqual({
				status: 'Error',
				message: expect.stringMatching(/^The portal did not say who is signed in: .* web page/),
			});
		});
	});
});

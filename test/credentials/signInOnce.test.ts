import { customerLogin } from '../../credentials/session/customerLogin';
import { sealSession } from '../../credentials/session/sessionSeal';
import { signInOnce } from '../../credentials/session/signInOnce';
import { helpersOfEngine } from './engineHelpers';
import { json, openPortal, wrongPassword, type Portal } from './portal';

let portal: Portal;
let helpers: Awaited<ReturnType<typeof helpersOfEngine>>;
let now = Date.UTC(2026, 0, 15, 12);
const clock = () => now;

beforeAll(async () => {
	helpers = await helpersOfEngine();
});
beforeEach(async () => {
	portal = await openPortal();
});
afterEach(() => portal.close());

const login = (change: Record<string, string> = {}) => ({
	portalUrl: portal.url,
	signInWith: 'password',
	email: 'maria@example.test',
	password: 'open-sesame-7',
	...change,
});
const signIn = async (change?: Record<string, string>) =>
	await signInOnce(helpers, customerLogin(login(change)), clock);
const attempts = () => portal.signIns().length;

it('shares a sign-in that is under way', async () => {
	const tokens = await Promise.all(Array.from({ length: 50 }, async () => await signIn()));
	expect(new Set(tokens)).toEqual(new Set(['token-1']));
	expect(attempts()).toBe(1);
});

it('shares none with another login, password or secret', async () => {
	await Promise.all([
		signIn(),
		signIn({ email: 'tom@example.test' }),
		signIn({ password: 'other' }),
		signIn({ oneTimeCodeSecret: 'JBSWY3DPEHPK3PXP' }),
		signIn({ clientId: 'desk' }),
	]);
	expect(attempts()).toBe(5);
});

it('signs in again once the former sign-in is over', async () => {
	await signIn();
	await signIn();
	expect(attempts()).toBe(2);
});

it('gives the newest session to who comes with an older one, for 5 seconds', async () => {
	const older = sealSession(customerLogin(login()), 'older');
	await signIn({ sessionToken: older });
	now += 4_999;
	expect(await signIn({ sessionToken: older })).toBe('token-1');
	expect(attempts()).toBe(1);

	now += 1;
	expect(await signIn({ sessionToken: older })).toBe('token-2');
	expect(attempts()).toBe(2);
});

it('signs in for who comes with the newest session, for it has expired', async () => {
	await signIn();
	expect(await signIn({ sessionToken: sealSession(customerLogin(login()), 'token-1') })).toBe(
		'token-2',
	);
});

it('does not repeat a refused login for 5 seconds', async () => {
	portal.onSignIn = wrongPassword;
	await expect(Promise.all([signIn(), signIn()])).rejects.toThrow(/password is not right/);
	now += 4_999;
	await expect(signIn()).rejects.toThrow(/password is not right/);
	expect(attempts()).toBe(1);

	await expect(signIn({ password: 'corrected' })).rejects.toThrow();
	expect(attempts()).toBe(2);

	now += 1;
	await expect(signIn()).rejects.toThrow();
	expect(attempts()).toBe(3);
});

it('forgets a refusal when the clock is set back', async () => {
	portal.onSignIn = wrongPassword;
	await expect(signIn()).rejects.toThrow();
	now -= 3_600_000;
	await expect(signIn()).rejects.toThrow();
	expect(attempts()).toBe(2);
});

test.each<[string, Portal['onSignIn']]>([
	['status 503', json(503, '')],
	['a lost connection', (response) => response.destroy()],
])('does not remember %s', async (_, answer) => {
	portal.onSignIn = answer;
	await expect(signIn()).rejects.toThrow();
	await expect(signIn()).rejects.toThrow();
	expect(attempts()).toBe(2);
});

it('remembers no more than a hundred logins', async () => {
	portal.onSignIn = wrongPassword;
	for (let index = 0; index <= 100; index += 1) {
		await expect(signIn({ email: `member-${index}@example.test` })).rejects.toThrow();
	}
	await expect(signIn({ email: 'member-100@example.test' })).rejects.toThrow();
	expect(attempts()).toBe(101);
	await expect(signIn({ email: 'member-0@example.test' })).rejects.toThrow();
	expect(attempts()).toBe(102);
});

import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { customerLogin } from '../../credentials/session/customerLogin';
import type { Login } from '../../credentials/session/login';
import type { NotKnown, Read } from '../../guarded-change/change';
import { readWell } from '../../guarded-change/readWell';
import type { NexudusSession } from './access';
import { CREDENTIAL } from './credential';
import { nexudusApi } from './nexudusApi';
import { openSession, type SessionOptions } from './openSession';
import { judgeRead } from './vendorAnswer';
import { isRecord } from './vendorRecord';

export interface OpenedSession extends NexudusSession {
	/** Who is signed in, for plan id and pace: the same on every way to sign in again. */
	account: string;
	/** Why it is not known whose the token is; `account` then names the token itself. */
	ownerNotRead?: NotKnown;
}

/**
 * The customer's session of this execution.
 * @throws UserError when the credential's portal address cannot be used
 */
export async function openNexudus(options: SessionOptions): Promise<OpenedSession> {
	const login = customerLogin(await options.context.getCredentials(CREDENTIAL, 0));
	const account = loginName(login);
	const opened = openSession({ ...options, credentialType: CREDENTIAL, login, account });
	const session: OpenedSession = { ...opened, portal: login.origin, account };
	if (login.signInWith === 'password') return session;
	const owner = await tokenOwner(session);
	return owner.known ? { ...session, account: owner.value } : { ...session, ownerNotRead: owner };
}

function loginName(login: Login): string {
	if (login.signInWith === 'password') return login.email.toLowerCase();
	return `token ${createHash('sha256').update(login.accessToken).digest('hex').slice(0, 16)}`;
}

const MOST_OWNERS = 100;
const owners = new Map<string, string>();

/** A token changes with every sign-in, its owner does not: one read per token and process. */
async function tokenOwner(session: OpenedSession): Promise<Read<string>> {
	const known = owners.get(session.run.account);
	if (known !== undefined) return { known: true, value: known, askedAt: 0, waited: 0 };
	const read = await profile(session);
	if (!read.known) return read;
	const user = isRecord(read.value.User) ? read.value.User : {};
	if (typeof user.Id !== 'number') return { ...read, value: session.account };
	if (owners.size >= MOST_OWNERS) owners.clear();
	const owner = `user ${user.Id}`;
	owners.set(session.run.account, owner);
	return { ...read, value: owner };
}

/** Who is signed in, as the vendor says: for messages. Never the token that the profile echoes. */
export async function whoIsSignedIn(session: NexudusSession): Promise<string | undefined> {
	const read = await profile(session);
	if (!read.known) return undefined;
	const user = isRecord(read.value.User) ? read.value.User : {};
	const profiles = Array.isArray(read.value.Profiles) ? read.value.Profiles.filter(isRecord) : [];
	const current = profiles.find((one) => one.IsDefaultProfile === true) ?? profiles[0];
	const name = typeof user.FullName === 'string' ? user.FullName : 'a customer without a name';
	if (profiles.length < 2 || typeof current?.FullName !== 'string') return `Signed in as ${name}.`;
	return `Signed in as ${name}; the current one of ${profiles.length} profiles is "${current.FullName}". The node never switches profiles: choose the profile in the portal.`;
}

/** Signs in where there is no session yet, but renews none: that is for the run's own requests. */
async function profile({
	portal,
	transport,
	run,
	limits,
	settings,
}: NexudusSession): Promise<Read<IDataObject>> {
	const tools = { transport, run, limits, settings, judge: judgeRead };
	const read = await readWell(nexudusApi(portal).profiles(), tools);
	if (!read.known) return read;
	return { ...read, value: isRecord(read.value.body) ? (read.value.body as IDataObject) : {} };
}

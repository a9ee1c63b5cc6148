import type { Admin } from '../admin/admins';
import { adminRoutes } from '../admin/routes';
import type { Account } from './accounts';
import { confirmation, json, refusal, type Answer } from './answer';
import { bookingsPreview } from './bookings';
import type { Contract } from './contract';
import { contractRecord, myPlanExtras, pauseMetaRecord, tariffRecord } from './contractRecord';
import { listEnvelope, pagingOf } from './list';
import { decidePause, decideResume, type Decision } from './pauseRules';
import { profilesRecord } from './profiles';
import { bearer, header, sessionOf, unauthorized, type VendorRequest } from './request';
import type { VendorRoute } from './route';
import { applyShape } from './shape';
import { signIn, type Login } from './signIn';
import { commit, type WriteOperation, type World } from './world';

const contractsPath = '/api/public/billing/coworkerContracts';

/** The endpoints that the stand-in has, for customers and for administrators. */
export const vendorRoutes: VendorRoute[] = [
	{
		method: 'POST', // developers.nexudus.com get-token [D]
		path: '/api/token',
		kind: 'token',
		answer: (world, request) =>
			signIn(
				{
					contentType: header(request, 'content-type') ?? '',
					body: request.body,
					clientId: header(request, 'client_id'),
				},
				{
					loginOf: (email) => world.accounts.get(email) ?? adminLogin(world.admins.get(email)),
					sessions: world.sessions,
					now: world.clock.now(),
					status: world.readings.tokenErrorStatus,
					record: (entry) => world.signIns.push(entry),
				},
			),
	},
	{
		method: 'GET', // developers.nexudus.com list-profiles [D]
		path: '/api/public/coworkers/profiles',
		kind: 'profiles',
		answer: signedIn((_world, request, account) =>
			shaped(request, profilesRecord(account, bearer(request)!)),
		),
	},
	{
		method: 'GET', // in no document; seen in use [O]
		path: contractsPath,
		kind: 'list',
		answer: signedIn((world, request, account) => listOf(world, request, account, () => ({}))),
	},
	{
		method: 'GET', // learn.nexudus.com my-plans [D]
		path: '/api/public/plans/my',
		kind: 'list',
		answer: signedIn((world, request, account) => {
			const now = world.clock.now();
			return listOf(world, request, account, (contract) => myPlanExtras(contract, now));
		}),
	},
	{
		method: 'GET', // learn.nexudus.com contract-pause-bookings [D]
		path: `${contractsPath}/pause/bookings`,
		kind: 'bookings',
		answer: signedIn((world, request, account) =>
			bookingsPreview(world.bookings, account.email, request.query),
		),
	},
	{
		method: 'GET', // learn.nexudus.com contract-details [D]
		path: `${contractsPath}/:contractId`,
		kind: 'contract',
		answer: ownContract((world, request, contract) => {
			const { scheduledPause, contractEnvelope } = world.readings;
			const shape = request.query.get('_shape') ?? undefined;
			const record = contractRecord(contract, world.clock.now(), scheduledPause);
			const full = shape ? { ...record, Tariff: tariffRecord(contract) } : record;
			const result = applyShape(full, shape);
			return json(200, contractEnvelope === 'Resource' ? { Resource: result } : result);
		}),
	},
	{
		method: 'GET', // learn.nexudus.com contract-pause-meta [D]
		path: `${contractsPath}/:contractId/pause/meta`,
		kind: 'meta',
		answer: ownContract((world, request, contract) =>
			shaped(request, pauseMetaRecord(contract, world.clock.now(), world.readings.scheduledPause)),
		),
	},
	{
		method: 'PUT', // learn.nexudus.com contract-pause [D]
		path: `${contractsPath}/v2/:contractId/pause`,
		kind: 'pause',
		answer: ownContract((world, request, contract) => {
			const cycles = pauseCycles(request.body);
			const { secondPause } = world.readings;
			const decision = decidePause(contract, cycles, world.clock.now(), secondPause);
			return write(world, request, contract, decision, 'pause', cycles as number);
		}),
	},
	{
		method: 'PUT', // learn.nexudus.com contract-resume [D]
		path: `${contractsPath}/v2/:contractId/resume`,
		kind: 'resume',
		answer: ownContract((world, request, contract) => {
			const immediate = booleanOf(request.query.get('immediate'));
			const { resumeAtEnd } = world.readings;
			const decision = decideResume(contract, immediate, world.clock.now(), resumeAtEnd);
			const operation = immediate ? 'resumeNow' : 'resumeAtEnd';
			return write(world, request, contract, decision, operation);
		}),
	},
	...adminRoutes,
];

/** The customer's login that a request comes from, if its bearer is good. */
function accountOf(world: World, request: VendorRequest): Account | undefined {
	const email = sessionOf(world, request)?.email;
	return email === undefined ? undefined : world.accounts.get(email);
}

/** An administrator signs in at no location. */
function adminLogin(admin: Admin | undefined): Login | undefined {
	return admin && { ...admin, registeredHere: true, isAdmin: true };
}

type SignedInAnswer = (world: World, request: VendorRequest, account: Account) => Answer;
type ContractAnswer = (world: World, request: VendorRequest, contract: Contract) => Answer;

function signedIn(answer: SignedInAnswer): VendorRoute['answer'] {
	return (world, request) => {
		const account = accountOf(world, request);
		return account ? answer(world, request, account) : unauthorized(request);
	};
}

function ownContract(answer: ContractAnswer): VendorRoute['answer'] {
	return signedIn((world, request, account) => {
		const contract =
			request.contractId === null ? undefined : world.contracts.get(request.contractId);
		// learn.nexudus.com contract-pause: 404 for an unknown id [D].
		if (!contract) return json(404, { Message: 'Contract not found.' });
		// Same page: 401 also means no access to this contract [D].
		if (contract.account !== account.email) return unauthorized(request);
		return answer(world, request, contract);
	});
}

function shaped(request: VendorRequest, value: unknown): Answer {
	return json(200, applyShape(value, request.query.get('_shape') ?? undefined));
}

function listOf(
	world: World,
	request: VendorRequest,
	account: Account,
	extras: (contract: Contract) => Record<string, unknown>,
): Answer {
	const { scheduledPause, listShape, listCarriesEligibility } = world.readings;
	const now = world.clock.now();
	const toRow = (contract: Contract) => {
		const row = { ...contractRecord(contract, now, scheduledPause), ...extras(contract) };
		if (!listCarriesEligibility) delete (row as Record<string, unknown>).CanBePausedNow;
		return row;
	};
	const contracts = world.contractsOf.get(account.email) ?? [];
	return shaped(request, listEnvelope(contracts, listShape, toRow, pagingOf(request.query)));
}

/** The body's `PauseCycles`, whatever it is; undefined when there is none. */
function pauseCycles(body: string): unknown {
	try {
		return (JSON.parse(body) as { PauseCycles?: unknown } | null)?.PauseCycles;
	} catch {
		return undefined;
	}
}

function booleanOf(text: string | null): boolean | null {
	const value = text?.toLowerCase();
	return value === 'true' ? true : value === 'false' ? false : null;
}

function write(
	world: World,
	request: VendorRequest,
	contract: Contract,
	decision: Decision,
	operation: WriteOperation,
	cycles?: number,
): Answer {
	if (decision.refused !== null) return refusal(decision.refused);
	const asked = { request: request.n, operation, ...(cycles === undefined ? {} : { cycles }) };
	commit(world, asked, contract, decision);
	return writeReply(world);
}

/** "An empty body or a generic confirmation": learn.nexudus.com contract-pause [D]. */
function writeReply({ readings }: World): Answer {
	switch (readings.writeReply) {
		case 'confirmation':
			return json(200, confirmation('The contract was successfully updated.'));
		case '204':
			return { status: 204, headers: {}, body: '' };
		case 'empty':
			return { status: 200, headers: {}, body: '' };
	}
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Admin } from '../admin/admins';
import type { Sandbox } from '../createSandbox';
import type { ContractSeed } from '../seeds/seed';
import { manyContracts } from '../seeds/story';
import { pricePlanNamed } from '../seeds/pricePlans';
import type { Account } from '../vendor/accounts';
import { readingChoices, type Readings } from '../vendor/readings';
import { vendorRoutes } from '../vendor/routes';
import { documentedLimits, type ThrottleLimits } from '../vendor/throttle';
import type { World } from '../vendor/world';
import { faultKinds, type FaultRule } from '../wire/faults';
import type { RequestLog } from '../wire/requestLog';
import { addEventStream } from './eventStream';
import { plansShown } from './plansShown';

interface ContractsOrder {
	account: string;
	/** Contracts one by one, the price plan by its name … */
	contracts?: Array<Omit<ContractSeed, 'pricePlan'> & { pricePlan: string }>;
	/** … or this many of one price plan, with ids in a row. */
	count?: number;
	firstId?: number;
	pricePlan?: string;
}

/**
 * Lets another process do over HTTP, under `/_sandbox`, what `Sandbox` offers in this one.
 * Bodies and answers are JSON.
 */
export function addControlRoutes(
	app: FastifyInstance,
	sandbox: Sandbox,
	{ world, log }: { world: World; log: RequestLog },
): void {
	const state = () => ({
		now: sandbox.clock.now(),
		readings: sandbox.readings,
		throttle: sandbox.throttle.limits,
		faults: sandbox.faults.pending(),
		recordRequests: sandbox.recordRequests,
	});
	const get = (path: string, answer: (request: FastifyRequest) => unknown) =>
		app.get(`/_sandbox/${path}`, (request, reply) => reply.send(answer(request)));
	const act = <Body>(
		method: 'POST' | 'PUT' | 'DELETE',
		path: string,
		doIt: (body: Body) => unknown,
	) =>
		app.route({
			method,
			url: `/_sandbox/${path}`,
			handler: async (request, reply) => {
				try {
					await doIt((request.body ? JSON.parse(request.body as string) : {}) as Body);
					log.events.emit('control');
					return await reply.send(state());
				} catch (error) {
					return await reply.code(400).send({ error: (error as Error).message });
				}
			},
		});

	get('state', state);
	get('choices', () => ({
		readings: readingChoices,
		faults: faultKinds,
		routes: [...new Set(vendorRoutes.map(({ kind }) => kind))],
		documentedLimits,
	}));
	get('committed', () => sandbox.committed);
	get('requests', () => sandbox.requests);
	get('sign-ins', () => sandbox.signIns);
	get('tokens', () => sandbox.tokens);
	get('contracts', () => sandbox.contracts());
	get('contracts/:id', (request) =>
		sandbox.contract(Number((request.params as { id: string }).id)),
	);
	get('plans', (request) => {
		const { account, find, after, contractId } = request.query as Record<
			string,
			string | undefined
		>;
		return plansShown(world, {
			account,
			find,
			after: Number(after) || 0,
			contractId: contractId === undefined ? undefined : Number(contractId),
		});
	});
	addEventStream(app, log, state);

	act('POST', 'reset', () => sandbox.reset());
	act<Partial<Readings>>('PUT', 'readings', (body) => sandbox.setReadings(body));
	act<{ advanceMs?: number; set?: string }>('POST', 'clock', ({ advanceMs, set }) => {
		if (set !== undefined) sandbox.clock.set(validDate(set));
		if (advanceMs !== undefined) sandbox.clock.advance(advanceMs);
	});
	// JSON has no Infinity, so `times: null` stands for it.
	act<FaultRule & { times?: number | null }>('POST', 'faults', (body) =>
		sandbox.faults.order({ ...body, times: body.times === null ? Infinity : body.times }),
	);
	act('DELETE', 'faults', () => sandbox.faults.clear());
	act<Partial<ThrottleLimits>>('PUT', 'throttle', (body) => sandbox.throttle.set(body));
	act<{ account?: string }>('POST', 'expire-sessions', ({ account }) =>
		sandbox.expireSessions(account),
	);
	act<Account[]>('POST', 'accounts', (accounts) => sandbox.addAccounts(accounts));
	act<Admin[]>('POST', 'admins', (admins) => sandbox.addAdmins(admins));
	act<ContractsOrder>('POST', 'contracts', (order) => {
		const plan = order.pricePlan === undefined ? undefined : pricePlanNamed(order.pricePlan);
		sandbox.addContracts(order.account, [
			...(order.contracts ?? []).map((contract) => ({
				...contract,
				pricePlan: pricePlanNamed(contract.pricePlan),
			})),
			...manyContracts(order.count ?? 0, order.firstId, plan),
		]);
	});
	act<{ contractId: number; pause?: number }>('POST', 'other-hand', ({ contractId, pause }) => {
		if (pause !== undefined) return sandbox.otherHand.pause(contractId, pause);
		if (sandbox.contract(contractId).state === 'none') {
			throw new Error(`Contract ${contractId} is not paused, so there is nothing to resume`);
		}
		return sandbox.otherHand.resume(contractId);
	});
	act<{ recordRequests: boolean }>('PUT', 'recording', ({ recordRequests }) => {
		sandbox.recordRequests = recordRequests;
	});
}

function validDate(text: string): Date {
	const date = new Date(text);
	if (Number.isNaN(date.getTime())) throw new Error(`"${text}" is no date`);
	return date;
}

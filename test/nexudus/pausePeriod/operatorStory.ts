import type { INodeParameters } from 'n8n-workflow';
import type { NodeResult } from '../../../embedded-n8n';
import type { Sandbox } from '../../../sandbox/createSandbox';
import type { CommittedWrite } from '../../../sandbox/vendor/world';
import { forget } from '../operator/members';
import { tellStory, type Story, type StoryOptions } from '../story';

export { CONTINUE, EACH_ID, failure, itemsOf, only } from '../story';

/** The tenth of the month, in the middle of cycles that begin on the first. */
const NOW = new Date('2027-06-10T10:00:00Z');

/** A contract in each location, monthly from the first; the days are the same everywhere. */
export const MADRID = 710001;
export const NEW_YORK = 710002;
export const AUCKLAND = 710003;
export const WEEKLY = 710004;
export const CANCELLED = 710005;
export const ENDING = 710006;
export const ON_THE_31ST = 710007;

export const AUGUST = { pauseFrom: '2027-08-01', pauseUntil: '2027-09-01' };

type Extras = Parameters<Story['run']>[1];

export interface OperatorStory {
	sandbox: Sandbox;
	store: Story['store'];
	run(operation: string, parameters?: INodeParameters, extras?: Extras): Promise<NodeResult>;
	create(contractId: unknown, parameters?: INodeParameters, extras?: Extras): Promise<NodeResult>;
	update(id: unknown, parameters?: INodeParameters, extras?: Extras): Promise<NodeResult>;
	remove(id: unknown, parameters?: INodeParameters, extras?: Extras): Promise<NodeResult>;
	contracts(parameters?: INodeParameters, extras?: Extras): Promise<NodeResult>;
	/** Requests without sign-ins, such as `GET periodList`. */
	asked(): string[];
	/** Writes that took effect, such as `createPeriod 710001`. */
	done(): string[];
	writesSent(): string[];
	committed(): readonly CommittedWrite[];
	/** Days of the pauses that a contract has, as the vendor keeps them. */
	pauses(contractId: number): string[];
	until: Story['until'];
	/** From now on the node is another process: it remembers nothing of what it has sent. */
	forget(): void;
}

export interface OperatorOptions extends StoryOptions {
	email?: string;
}

/** A stand-in on 10 June 2027, and the node acting for its operator. */
export async function tellOperatorStory({
	email = 'olga@example.test',
	...options
}: OperatorOptions = {}): Promise<OperatorStory> {
	const story = await tellStory({ now: NOW, operator: { email }, ...options });
	const { sandbox } = story;
	const monthly = { currentCycleFrom: '2027-06-01' };
	const plans = await import('../../../sandbox/seeds/pricePlans');
	sandbox.addContracts('maria@example.test', [
		{ id: MADRID, pricePlan: plans.hotDesk, ...monthly },
		{ id: NEW_YORK, pricePlan: plans.hotDesk, locationId: 4101, ...monthly },
		{ id: AUCKLAND, pricePlan: plans.hotDesk, locationId: 4102, ...monthly },
		{ id: WEEKLY, pricePlan: plans.meetingCredits, currentCycleFrom: '2027-06-07' },
		{ id: CANCELLED, pricePlan: plans.hotDesk, cancelled: true, ...monthly },
		{ id: ENDING, pricePlan: plans.hotDesk, endsWithCycle: 2, ...monthly },
		{ id: ON_THE_31ST, pricePlan: plans.hotDesk, currentCycleFrom: '2027-05-31' },
	]);
	const run: OperatorStory['run'] = async (operation, parameters = {}, extras = {}) =>
		await story.run({ resource: 'pausePeriod', ...parameters, operation }, extras);
	const of = (id: unknown) => ({ pausePeriodId: id as string });
	return {
		sandbox,
		store: story.store,
		run,
		create: async (contractId, parameters, extras) =>
			await run('create', { contractId: contractId as string, ...AUGUST, ...parameters }, extras),
		update: async (id, parameters, extras) =>
			await run('update', { ...of(id), ...parameters }, extras),
		remove: async (id, parameters, extras) =>
			await run('delete', { ...of(id), ...parameters }, extras),
		contracts: async (parameters, extras) =>
			await run('getAll', { resource: 'contract', ...parameters }, extras),
		asked: () =>
			sandbox.requests
				.filter(({ kind }) => kind !== 'token')
				.map(({ method, kind }) => `${method} ${kind}`),
		done: () => sandbox.committed.map(({ operation, contractId }) => `${operation} ${contractId}`),
		writesSent: () =>
			sandbox.requests
				.filter(({ method, kind }) => method !== 'GET' && kind !== 'token')
				.map(({ kind }) => kind),
		committed: () => sandbox.committed,
		pauses: (id) => sandbox.pausesOf(id).map(({ from, until }) => `${from} ${until}`),
		until: story.until,
		forget: () => forget(story),
	};
}

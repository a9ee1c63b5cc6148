import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import {
	activatePoller,
	createCredentialStore,
	fetchTestEvent,
	type CredentialStore,
	type KillPoint,
	type Poller,
	type PollerOptions,
	type PollResult,
	type WorkflowRecord,
} from '../../embedded-n8n';
import { NexudusOperatorApi, NexudusTrigger } from '../../embedded-n8n/nexudus';
import type { Memory } from '../../nodes/NexudusTrigger/memory';
import { PAUSE_EVENTS, type PauseEvent } from '../../nodes/NexudusTrigger/pauseEvents';
import { PASSWORD, QUICK, tellStory, type Story, type StoryOptions } from '../nexudus/story';

export const ALL_EVENTS = [...PAUSE_EVENTS];
export const DAY = 86_400_000;

/** An item of the trigger. */
export type Told = Omit<PauseEvent, 'about'> & {
	pricePlan: string | null;
	coworkerId: number | null;
	coworkerName: string | null;
	pausePeriodId: number | null;
	redelivered: boolean;
	sample?: true;
};

/** The stand-in, and a workflow in n8n's engine that watches it. */
export interface Watch {
	story: Story;
	actAs: 'customer' | 'operator';
	store: CredentialStore;
	record: WorkflowRecord;
	/** Activates the workflow, or does so again after it was saved; n8n runs on. */
	activate(parameters?: INodeParameters, kill?: KillPoint): Promise<PollResult>;
	/** n8n is started anew: nothing of the process is left. */
	restart(parameters?: INodeParameters, kill?: KillPoint): Promise<PollResult>;
	poll(kill?: KillPoint): Promise<PollResult>;
	/** The events of one poll that must succeed; null where n8n starts no execution. */
	events(kill?: KillPoint): Promise<Told[] | null>;
	/** "contractPaused 700100" of one poll. */
	told(kill?: KillPoint): Promise<string[] | null>;
	testEvents(parameters?: INodeParameters): Promise<Told[]>;
	poller(): Poller;
}

let records = 0;

/** The ids of a contract's pause periods in what the trigger remembers. */
export function periodsOf({ record }: Watch, contractId: number): number[] {
	const { watched } = JSON.parse(record.staticData)['node:Trigger'] ?? {};
	const memories = Object.values(watched?.accounts ?? {}) as Memory[];
	return memories.flatMap(({ pauses }) => [...(pauses[contractId]?.periods ?? [])]);
}

export interface WatchOptions extends StoryOptions {
	actAs?: 'customer' | 'operator';
	/** Of the node's Settings tab. */
	settings?: PollerOptions['settings'];
}

/** Maria's contracts, or as operator those of the location, watched for all events. */
export async function watchStory({
	actAs = 'customer',
	settings,
	...options
}: WatchOptions = {}): Promise<Watch> {
	const story = await tellStory(options);
	const store = actAs === 'customer' ? story.store : operatorStore(story.sandbox.url);
	const node = new NexudusTrigger();
	const record: WorkflowRecord = { id: `watching ${++records}`, staticData: '{}' };
	let poller: Poller | undefined;
	const running = () => {
		if (poller === undefined) throw new Error('The workflow is not active');
		return poller;
	};
	const given = (parameters: INodeParameters): INodeParameters => ({
		actAs,
		events: ALL_EVENTS,
		requestSettings: QUICK,
		...parameters,
	});
	const start = async (parameters: INodeParameters = {}, kill?: KillPoint) => {
		poller = await activatePoller({
			node,
			parameters: given(parameters),
			settings,
			credentialStore: store,
			record,
			kill,
		});
		return poller.activation;
	};
	const watch: Watch = {
		story,
		actAs,
		store,
		record,
		activate: start,
		// What a process knows of a workflow it knows by the workflow's id.
		restart: async (parameters, kill) => {
			record.id = `watching ${++records}`;
			return await start(parameters, kill);
		},
		poll: async (kill) => await running().poll(kill),
		events: async (kill) => eventsOf(await running().poll(kill)),
		told: async (kill) => (await watch.events(kill))?.map(inShort) ?? null,
		testEvents: async (parameters = {}) => {
			const { items, staticData } = await fetchTestEvent({
				node,
				parameters: given(parameters),
				settings,
				credentialStore: store,
				record,
			});
			expect(staticData).toEqual({});
			return items.map(({ json }) => json as unknown as Told);
		},
		poller: running,
	};
	return watch;
}

/** The credential of an administrator with all roles. */
function operatorStore(url: string): CredentialStore {
	const olga = { adminUrl: url, portalUrl: url, email: 'olga@example.test', password: PASSWORD };
	return createCredentialStore({
		types: [new NexudusOperatorApi()],
		records: { nexudusOperatorApi: olga },
	});
}

/** The events of a poll that succeeded. */
export function eventsOf({ executions, error }: PollResult): Told[] | null {
	expect(error).toBeUndefined();
	expect(executions.length).toBeLessThanOrEqual(1);
	return executions[0]?.map(({ json }: INodeExecutionData) => json as unknown as Told) ?? null;
}

export const inShort = ({ event, contractId }: Told) => `${event} ${contractId}`;

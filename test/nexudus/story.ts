import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	createCredentialStore,
	runListSearch,
	runNode,
	watchLog,
	type CredentialStore,
	type LogLine,
	type NodeResult,
	type RunNodeOptions,
} from '../../embedded-n8n';
import { Nexudus, NexudusCustomerSessionApi, NexudusOperatorApi } from '../../embedded-n8n/nexudus';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/createSandbox';
import type { RequestEntry } from '../../sandbox/wire/requestLog';
import { leaksIn, leftBehind, secretsOf, textOf } from '../faults/secrets';

export { CONTINUE, EACH_ID, failure, itemsOf, only } from '../runs';

export const CREDENTIAL = 'nexudusCustomerSessionApi';
export const OPERATOR_CREDENTIAL = 'nexudusOperatorApi';
export const PASSWORD = 'open-sesame-7';

/** No pace and short waits: for tests whose subject is neither. */
export const QUICK = {
	minSpacing: 0,
	requestsPerMinute: 0,
	writesPerMinute: 0,
	retryInterval: 20,
};

export const HOT_DESK = 700100;
export const DEDICATED_DESK = 700101;
export const WEEKLY_CREDITS = 700102;
export const NO_PAUSING = 700103;
export const PAUSED_NOW = 700104;
export const YEAR_USED_UP = 700105;
export const CANCELLED = 700106;
export const ENDING = 700107;
export const PAUSE_SCHEDULED = 700108;
export const TOMS_HOT_DESK = 800200;

/** Coworker IDs of Maria and Tom. */
export const MARIA = 15001;
export const TOM = 15002;

type RunExtras = Partial<Omit<RunNodeOptions, 'node' | 'parameters'>>;

/** One stand-in, one credential, and the node in n8n's engine between them. */
export interface Story {
	sandbox: Sandbox;
	store: CredentialStore;
	/** Runs the node; every run is searched for secrets. */
	run(parameters: INodeParameters, extras?: RunExtras): Promise<NodeResult>;
	pause(contractId: unknown, parameters?: INodeParameters, extras?: RunExtras): Promise<NodeResult>;
	resume(
		contractId: unknown,
		parameters?: INodeParameters,
		extras?: RunExtras,
	): Promise<NodeResult>;
	search(filter?: string, parameters?: INodeParameters): ReturnType<typeof runListSearch>;
	searchCoworkers(filter?: string, page?: string): ReturnType<typeof runListSearch>;
	/** Paths of the requests, sign-ins left out, e.g. `PUT pause 700100`. */
	asked(): string[];
	/** Writes that took effect, e.g. `pause 700100`. */
	done(): string[];
	writesSent(): readonly RequestEntry[];
	/** Waits until something is so at the stand-in; fails after ten seconds. */
	until(isSo: () => boolean): Promise<void>;
}

// A long wait that a stopped run leaves behind must not keep the test process alive.
const { setTimeout: startTimer } = globalThis;
globalThis.setTimeout = ((act: () => void, ms?: number) => {
	const timer = startTimer(act, ms);
	return (ms ?? 0) > 2000 ? timer.unref() : timer;
}) as typeof setTimeout;

const open: Sandbox[] = [];

afterEach(async () => {
	for (const sandbox of open.splice(0)) await sandbox.close();
});

export interface StoryOptions extends SandboxOptions {
	credential?: IDataObject;
	/** The node acts as Olga, the operator, unless a run says otherwise; fields of her credential. */
	operator?: IDataObject;
}

/** A fresh stand-in on a port of its own, with Maria's credential. Closed after the test. */
export async function tellStory({
	credential = {},
	operator,
	...options
}: StoryOptions = {}): Promise<Story> {
	const sandbox = await createSandbox(options);
	open.push(sandbox);
	const store = createCredentialStore({
		types: [new NexudusCustomerSessionApi(), new NexudusOperatorApi()],
		records: {
			[CREDENTIAL]: { ...loginAt(sandbox.url), ...credential } as never,
			[OPERATOR_CREDENTIAL]: { ...operatorAt(sandbox.url), ...operator } as never,
		},
	});
	const node = new Nexudus();
	const common = { resource: 'contract', ...(operator && { actAs: 'operator' }) };

	const run: Story['run'] = async (parameters, extras = {}) => {
		const given = { ...common, ...parameters } as INodeParameters;
		const settings = { ...QUICK, ...(parameters.requestSettings as object | undefined) };
		const lines: LogLine[] = [];
		const unwatch = watchLog((line) => lines.push(line));
		const result = await runNode({
			node,
			parameters: { ...given, requestSettings: settings },
			credentialStore: store,
			...extras,
		}).finally(unwatch);
		expectNoSecrets(result, lines, store, sandbox.tokens);
		return result;
	};
	return {
		sandbox,
		store,
		run,
		pause: async (contractId, parameters, extras) =>
			await run(
				{
					operation: 'pause',
					contractId: contractId as string,
					termsAccepted: true,
					...parameters,
				},
				extras,
			),
		resume: async (contractId, parameters, extras) =>
			await run({ operation: 'resume', contractId: contractId as string, ...parameters }, extras),
		search: async (filter, parameters = {}) =>
			await runListSearch({
				node,
				method: 'searchContracts',
				filter,
				parameters: { ...common, operation: 'pause', ...parameters },
				credentialStore: store,
			}),
		searchCoworkers: async (filter, paginationToken) =>
			await runListSearch({
				node,
				method: 'searchCoworkers',
				filter,
				paginationToken,
				parameters: { ...common, operation: 'pause' },
				credentialStore: store,
				path: 'parameters.coworkerId',
			}),
		asked: () =>
			sandbox.requests
				.filter(({ kind }) => kind !== 'token')
				.map(({ method, kind, path }) =>
					[method, kind, /\d{6,}/.exec(path)?.[0] ?? ''].join(' ').trim(),
				),
		done: () => sandbox.committed.map(({ operation, contractId }) => `${operation} ${contractId}`),
		writesSent: () => sandbox.requests.filter(({ method }) => method === 'PUT'),
		until: async (isSo) => {
			const patience = performance.now() + 10_000;
			while (!isSo()) {
				if (performance.now() > patience) throw new Error('It did not come to that');
				await new Promise((done) => setTimeout(done, 2));
			}
		},
	};
}

export function loginAt(portalUrl: string, email = 'maria@example.test'): IDataObject {
	return { portalUrl, signInWith: 'password', email, password: PASSWORD };
}

/** Olga's credential. The sides of the stand-in have a name each, so that their requests can be told apart. */
export function operatorAt(url: string): IDataObject {
	return {
		adminUrl: url.replace('127.0.0.1', 'localhost'),
		portalUrl: url,
		email: 'olga@example.test',
		password: PASSWORD,
	};
}

/** The bearer that is stored with the credential now, without its seal. */
export function storedToken(store: CredentialStore): string {
	return String(store.read(CREDENTIAL).sessionToken ?? '').replace(/^[0-9a-f]{64}\./, '');
}

/** Nothing that opens a session is in what a run leaves behind: data, errors, hints, log lines. */
function expectNoSecrets(
	result: NodeResult,
	lines: readonly LogLine[],
	store: CredentialStore,
	given: readonly string[],
): void {
	const text = `${leftBehind(result)}\n${textOf(lines)}`;
	const stored = [CREDENTIAL, OPERATOR_CREDENTIAL].map((type) => store.read(type));
	const records = [...stored, ...store.writes.map(({ data }) => data)];
	const secrets = records.flatMap((record) => [...secretsOf(record).values()]);
	expect(leaksIn(text, new Map(), [...new Set([...secrets, ...given])])).toEqual([]);
}

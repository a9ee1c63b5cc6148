import axios from 'axios';
import type { ChildProcess } from 'node:child_process';
import type { ThrottleLimits } from '../sandbox/vendor/throttle';
import type { Readings } from '../sandbox/vendor/readings';
import type { CommittedWrite } from '../sandbox/vendor/world';
import type { RequestEntry } from '../sandbox/wire/requestLog';
import { nextMessage, startProcess } from './childProcess';
import type { SentRequest } from './nullNodes';

/** A customer of the stand-in's story. */
export const LOGIN = { email: 'tom@example.test', password: 'open-sesame-7' };

const FIRST_ID = 900_001;

export interface Scene {
	contracts: number;
	/** ms that every answer takes */
	latency: number;
	readings?: Partial<Readings>;
	limits?: ThrottleLimits;
	/** The answer to this many-th pause is lost after it was carried out. */
	lostReply?: number;
}

/** What the vendor saw of one run. */
export interface VendorView {
	requests: number;
	writes: number;
	/** Requests refused by a limit. */
	throttled: number;
	/** Contracts that are paused. */
	changed: number;
	/** Contracts whose pause was carried out more than once. */
	doubled: number;
	signIns: number;
}

/** The vendor, in a process of its own. */
export class StandIn {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	static async start(): Promise<StandIn> {
		const child = startProcess('standInProcess.ts');
		const { url } = await nextMessage<{ url: string }>(child);
		return new StandIn(child, url);
	}

	/** Begins anew. @returns the contracts to pause */
	async prepare(scene: Scene): Promise<number[]> {
		const { contracts, latency, readings = {}, limits, lostReply } = scene;
		await this.control('post', 'reset');
		await this.control('put', 'readings', readings);
		const noLimits = { requestsPerMinute: 0, writesPerMinute: 0, minSpacingMs: 0 };
		await this.control('put', 'throttle', limits ?? noLimits);
		await this.control('post', 'contracts', { account: LOGIN.email, count: contracts });
		if (lostReply !== undefined) {
			const order = { route: 'pause', kind: 'resetAfterCommit', skip: lostReply - 1 };
			await this.control('post', 'faults', order);
		}
		if (latency > 0) {
			await this.control('post', 'faults', {
				route: 'any',
				kind: 'delay',
				ms: latency,
				times: null,
			});
		}
		return Array.from({ length: contracts }, (_, index) => FIRST_ID + index);
	}

	/** Signs in as a user would who pastes the token into a credential. */
	async token(): Promise<string> {
		const form = new URLSearchParams({
			grant_type: 'password',
			username: LOGIN.email,
			password: LOGIN.password,
		});
		const { data } = await axios.post<{ access_token: string }>(`${this.url}/api/token`, form, {
			headers: { client_id: 'bench' },
		});
		return data.access_token;
	}

	/** What arrived from n8n since `prepare`. */
	async view(): Promise<VendorView> {
		const entries = await this.requests();
		const committed = await this.get<CommittedWrite[]>('committed');
		const times = new Map<number, number>();
		for (const { contractId } of committed) {
			times.set(contractId, (times.get(contractId) ?? 0) + 1);
		}
		return {
			requests: entries.length,
			writes: entries.filter(({ kind }) => kind === 'pause').length,
			throttled: entries.filter(({ throttled }) => throttled).length,
			changed: times.size,
			doubled: [...times.values()].filter((count) => count > 1).length,
			signIns: entries.filter(({ kind }) => kind === 'token').length,
		};
	}

	/** The requests of a run, sign-ins left out, to be sent again by a null node. */
	async sent(): Promise<SentRequest[]> {
		const entries = (await this.requests()).filter(({ kind }) => kind !== 'token');
		return entries.map(({ method, path, query, body }) => ({
			method: method as SentRequest['method'],
			path: `${path}${Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''}`,
			body: method === 'GET' ? undefined : JSON.stringify(body),
		}));
	}

	close(): void {
		this.child.disconnect();
	}

	private async requests(): Promise<RequestEntry[]> {
		const entries = await this.get<RequestEntry[]>('requests');
		return entries.filter(({ headers }) => headers.client_id !== 'bench');
	}

	private async get<T>(path: string): Promise<T> {
		return (await axios.get<T>(`${this.url}/_sandbox/${path}`)).data;
	}

	private async control(method: 'post' | 'put', path: string, data: unknown = {}): Promise<void> {
		// A text, because the stand-in reads its bodies as text.
		await axios.request({ method, url: `${this.url}/_sandbox/${path}`, data });
	}
}

import axios from 'axios';
import type { Sandbox } from '../../sandbox/createSandbox';
import { PASSWORD } from '../nexudus/story';

const DAY = 86_400_000;
type Row = Record<string, unknown> & { Id: number };

const PERIODS = '/api/billing/contractpausedperiods';

/** Somebody beside n8n, with a session of their own. */
async function signedIn(url: string, username: string) {
	const form = new URLSearchParams({ grant_type: 'password', username, password: PASSWORD });
	const client = axios.create({
		...{ baseURL: url, proxy: false, headers: { accept: 'application/json' } },
	});
	const { data } = await client.post<{ access_token: string }>('/api/token', form);
	client.defaults.headers.common.authorization = `Bearer ${data.access_token}`;
	return client;
}

/** An administrator adds a pause period, from a moment on, for about so many days; gives its id. */
export async function addPeriod(
	sandbox: Sandbox,
	contractId: number,
	from: string,
	days: number,
): Promise<number> {
	const { post } = await signedIn(sandbox.url, 'olga@example.test');
	const { data } = await post<{ Value: { Id: number } }>(PERIODS, {
		CoworkerContractId: contractId,
		PauseFrom: new Date(from).toISOString(),
		PauseUntil: new Date(Date.parse(from) + days * DAY).toISOString(),
	});
	return data.Value.Id;
}

/**
 * Gives the trigger the list that there is now, with other rows: null leaves one out.
 * @returns how many rows are not as they are
 */
export async function changeList(
	sandbox: Sandbox,
	actAs: 'customer' | 'operator',
	change: (row: Row) => object | null,
	times = 1,
): Promise<number> {
	const [email, path, route] =
		actAs === 'customer'
			? (['maria@example.test', '/api/public/billing/coworkerContracts', 'list'] as const)
			: (['olga@example.test', `${PERIODS}?size=500`, 'periodList'] as const);
	const { get } = await signedIn(sandbox.url, email);
	const { data } = await get<{ Contracts?: Row[]; Records?: Row[] }>(path);
	const rows = data.Contracts ?? data.Records ?? [];
	const changed = rows.map(change);
	sandbox.faults.order({
		route,
		kind: 'status',
		status: 200,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ Records: changed.filter((row) => row !== null) }),
		times,
	});
	return changed.filter((row, index) => row !== rows[index]).length;
}

import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../Nexudus/vendorRecord';
import { checkedMemory } from './checkedMemory';
import type { Memory, Recalled } from './memory';

const FIELD = 'watched';
/** A node that goes back to an earlier credential goes on where it was. */
const MOST_ACCOUNTS = 3;

/** What the node's static data remember of an account. */
export function recall(staticData: IDataObject, account: string): Recalled {
	const field = staticData[FIELD];
	if (field === undefined) return { damaged: false };
	// n8n observes nested data: a copy cannot be changed behind its back, nor change by itself.
	const accounts = isRecord(field) ? (copy(field) as { accounts?: unknown }).accounts : undefined;
	if (!isRecord(accounts)) return { damaged: true };
	return accounts[account] === undefined ? { damaged: false } : checkedMemory(accounts[account]);
}

/** Replaces the whole field, as n8n notices nothing less. */
export function remember(staticData: IDataObject, account: string, memory: Memory): void {
	const { accounts } = (staticData[FIELD] ?? {}) as { accounts?: unknown };
	const others = Object.entries(isRecord(accounts) ? accounts : {})
		.filter(([name]) => name !== account)
		.sort(([, a], [, b]) => readAtOf(b) - readAtOf(a))
		.slice(0, MOST_ACCOUNTS - 1);
	const all = Object.fromEntries([[account, memory], ...others]);
	staticData[FIELD] = copy({ accounts: all }) as IDataObject;
}

function readAtOf(memory: unknown): number {
	const readAt = isRecord(memory) ? Number(memory.readAt) : NaN;
	return Number.isNaN(readAt) ? 0 : readAt;
}

function copy(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value)) as unknown;
}

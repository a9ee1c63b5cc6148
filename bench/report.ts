import type { LimitedResult } from './documentedLimits';
import type { SizeRow } from './size';
import { table } from './table';
import type { UnlimitedResult } from './unlimited';

const MIB = 1024 ** 2;

const whole = (value: number) => Math.round(value).toString();
const decimals = (value: number) => value.toFixed(2);
const mebibytes = (bytes: number) => (bytes / MIB).toFixed(1);
const seconds = (ms: number) => (ms / 1000).toFixed(1);

export function unlimitedTable({ contracts, latency, rows }: UnlimitedResult): string {
	const runs = rows[0]?.runs.length ?? 0;
	return [
		`(a) ${contracts} contracts, no limit, ${latency} ms latency; medians of ${runs} runs in turn`,
		table(
			['', 'ms', 'ratio', 'CPU ms', 'requests', 'changed', 'verified'],
			rows.map(({ label, ms, ratio, cpuMs, runs: [run] }) => [
				label,
				whole(ms),
				decimals(ratio),
				whole(cpuMs),
				...[run?.requests, run?.changed, run?.verified].map((value) => String(value)),
			]),
		),
	].join('\n');
}

export function limitedTable({ contracts, latency, minimum, rows }: LimitedResult): string {
	return [
		`(b) ${contracts} contracts, documented limits, ${latency} ms latency; shortest possible ${seconds(minimum)} s; a second pause extends the first`,
		table(
			['', 's', 'of minimum', 'requests', 'refused', 'changed', 'verified', 'failed', 'doubled'],
			rows.map((row) => [
				row.label,
				seconds(row.ms),
				decimals(row.ratio),
				...[row.requests, row.throttled, row.changed, row.verified, row.failed, row.doubled].map(
					String,
				),
			]),
		),
	].join('\n');
}

export function sizeTable(rows: readonly SizeRow[]): string {
	return [
		'(c) from few items to many, no limit, 20 ms latency, each in a fresh process; P = Nexudus: Pause, H = HTTP Request: plain',
		table(
			[
				'items',
				'P s',
				'H s',
				'P requests',
				'H requests',
				'P own CPU ms/item',
				'P heap MiB beyond its items',
				'H heap MiB',
				'P RSS MiB',
				'H RSS MiB',
				'H failed',
			],
			rows.map(({ items, pause, http, ownCpuPerItem, ownHeap, httpHeap }) => [
				String(items),
				seconds(pause.ms),
				seconds(http.ms),
				String(pause.requests),
				String(http.requests),
				decimals(ownCpuPerItem),
				mebibytes(ownHeap),
				mebibytes(httpHeap),
				mebibytes(pause.peakRss),
				mebibytes(http.peakRss),
				String(http.failed),
			]),
		),
	].join('\n');
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/docs/shipped';
import { textOf } from './documents';

interface Row {
	label: string;
	ms: number;
	ratio: number;
}

const results = JSON.parse(readFileSync(join(ROOT, 'bench/results.json'), 'utf8')) as Record<
	'limited' | 'unlimited',
	{ rows: Row[] }
>;

const row = (kind: 'limited' | 'unlimited', label: string) =>
	results[kind].rows.find((one) => one.label === label)!;

describe('what the documents say of the bench', () => {
	it('is what its last whole run has measured', () => {
		const [tells, silent] = [
			'Nexudus: Pause, list tells eligibility',
			'Nexudus: Pause, list does not tell',
		];
		const tuned = row('unlimited', 'HTTP Request: batching tuned by hand');
		const times = (label: string) => {
			const { ms, ratio } = row('unlimited', label);
			return [(ms / tuned.ms).toFixed(1), ratio.toFixed(1)];
		};
		const [near, far] = times(tells!);
		const text = textOf('docs/how-it-stays-safe.md');
		const limited = [tells!, silent!].map((label) => row('limited', label).ratio.toFixed(2));
		expect(text).toContain(
			`take ${limited[0]} times the shortest possible time (${limited[1]} where`,
		);
		expect(text).toContain(`takes ${near} times as long as the HTTP Request node tuned`);
		expect(text).toContain(`and ${far} times as long as one that sends all 200 at once`);
		expect(text).toContain(`(${times(silent!).join(' and ')} times where the list does not tell`);
	});
});

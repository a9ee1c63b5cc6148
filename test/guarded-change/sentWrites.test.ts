import type { SentWrite } from '../../guarded-change/change';
import { SentWrites } from '../../guarded-change/sentWrites';

const write = (key: string, keepUntil = 100): SentWrite => ({
	key,
	lane: 'lane',
	operation: 'pause',
	sentAt: 0,
	accepted: false,
	keepUntil,
});

describe('The record of sent writes', () => {
	it('holds a write until its time has passed', () => {
		const record = new SentWrites();
		record.add('lane', write('a'));
		expect(record.of('lane', 99)).toHaveLength(1);
		expect(record.of('lane', 100)).toHaveLength(0);
	});

	it('holds one entry per change, the latest', () => {
		const record = new SentWrites();
		record.add('lane', write('a'));
		record.add('lane', { ...write('a'), accepted: true });
		record.add('lane', write('b'));
		expect(record.of('lane', 0).map(({ key, accepted }) => [key, accepted])).toEqual([
			['a', true],
			['b', false],
		]);
	});

	it('keeps lanes apart, and forgets what is settled', () => {
		const record = new SentWrites();
		record.add('one', write('a'));
		record.add('two', write('a'));
		record.settle('one', ({ key }) => key === 'a');
		expect(record.of('one', 0)).toHaveLength(0);
		expect(record.of('two', 0)).toHaveLength(1);
	});

	it('is bounded: the lane written longest ago goes first', () => {
		const record = new SentWrites();
		for (let i = 0; i <= 10_000; i++) record.add(`lane ${i}`, write('a'));
		expect(record.of('lane 0', 0)).toHaveLength(0);
		expect(record.of('lane 1', 0)).toHaveLength(1);
		expect(record.of('lane 10000', 0)).toHaveLength(1);
	});
});

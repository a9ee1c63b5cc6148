import { createProgress, elapsed } from '../../start/progress';

describe('progress', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	it('writes a line every 15 s where there is no terminal', () => {
		const lines: string[] = [];
		const progress = createProgress({ write: (text) => lines.push(text) });
		progress.step('Installing n8n');
		progress.detail('5 of 9 packages');
		jest.advanceTimersByTime(31_000);
		progress.done();
		jest.advanceTimersByTime(60_000);
		expect(lines).toEqual([
			'  Installing n8n (0:00)\n',
			'  Installing n8n: 5 of 9 packages (0:15)\n',
			'  Installing n8n: 5 of 9 packages (0:30)\n',
			'  Installing n8n: done (0:31)\n',
		]);
	});

	it('renews one line on a terminal', () => {
		let screen = '';
		const progress = createProgress({ isTTY: true, write: (text) => (screen += text) });
		progress.step('Building');
		jest.advanceTimersByTime(2_000);
		progress.done();
		expect(screen.split('\n')).toHaveLength(2);
		expect(screen).toContain('\u001b[2K  Building (0:01)');
		expect(screen).toMatch(/Building: done \(0:02\)\n$/);
	});

	it('ends a step when the next one begins', () => {
		const lines: string[] = [];
		const progress = createProgress({ write: (text) => lines.push(text) });
		progress.step('One');
		progress.step('Two');
		progress.done();
		expect(lines.map((line) => line.trim())).toEqual([
			'One (0:00)',
			'One: done (0:00)',
			'Two (0:00)',
			'Two: done (0:00)',
		]);
	});

	it('does not call a step done that was given up', () => {
		const lines: string[] = [];
		const progress = createProgress({ write: (text) => lines.push(text) });
		progress.step('One');
		progress.abandon();
		progress.abandon();
		expect(lines).toEqual(['  One (0:00)\n', '  One: not finished (0:00)\n']);
	});

	it.each([
		[0, '0:00'],
		[59_400, '0:59'],
		[61_000, '1:01'],
		[600_000, '10:00'],
	])('%i ms is %s', (milliseconds, text) => {
		expect(elapsed(milliseconds)).toBe(text);
	});
});

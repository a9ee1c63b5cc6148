import { parseOptions } from '../../start/options';

describe('options of npm start', () => {
	it('has defaults for all', () => {
		expect(parseOptions([])).toEqual({
			once: false,
			fresh: false,
			help: false,
			port: undefined,
			sandboxPort: undefined,
		});
	});

	it('reads each', () => {
		expect(
			parseOptions(['--once', '--fresh', '--port', '5680', '--sandbox-port=4011']),
		).toMatchObject({ once: true, fresh: true, port: 5680, sandboxPort: 4011 });
	});

	it.each(['0', '65536', '80x', '1.5', '-1'])('refuses --port=%s', (value) => {
		expect(() => parseOptions([`--port=${value}`])).toThrow(/--port takes a number/);
	});

	it('refuses what it does not know', () => {
		expect(() => parseOptions(['--twice'])).toThrow(/twice/);
	});
});

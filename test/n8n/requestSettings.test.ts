import { readRequestSettings, requestSettingsField } from '../../n8n/requestSettings';

const LIMITS = { concurrency: 4, requestsPerMinute: 120, writesPerMinute: 60, minSpacing: 100 };

describe('readRequestSettings', () => {
	it('fills in the documented defaults, in ms', () => {
		expect(readRequestSettings({}, LIMITS)).toEqual({
			timeout: 10_000,
			writeTimeout: 60_000,
			maxAttempts: 3,
			retryInterval: 1_000,
			backoffRate: 2,
			deadline: 120_000,
			maxThrottleWait: 300_000,
			stopAfterFailures: 0,
			...LIMITS,
		});
	});

	it('takes what is given, numbers and plain digits', () => {
		const given = { timeout: 1, backoffRate: '1.5', concurrency: '8', requestsPerMinute: 0 };
		expect(readRequestSettings(given, LIMITS)).toMatchObject({
			timeout: 1,
			backoffRate: 1.5,
			concurrency: 8,
			requestsPerMinute: 0,
		});
	});

	it.each([
		'timeout',
		'writeTimeout',
		'deadline',
		'requestsPerMinute',
		'writesPerMinute',
		'minSpacing',
	])('takes 0 for %s, which switches the limit off', (name) => {
		expect(readRequestSettings({ [name]: 0 }, LIMITS)).toHaveProperty(name, 0);
	});

	it('knows no other names', () => {
		expect(readRequestSettings({ retries: 99 }, LIMITS)).not.toHaveProperty('retries');
	});
});

describe('requestSettingsField', () => {
	it('bounds every number in the form as the reader does', () => {
		const { options = [] } = requestSettingsField(LIMITS, true);
		for (const option of options as Array<{
			name: string;
			typeOptions: { minValue: number; maxValue: number };
		}>) {
			const { minValue, maxValue } = option.typeOptions;
			for (const value of [minValue, maxValue]) {
				expect(readRequestSettings({ [option.name]: value }, LIMITS)).toHaveProperty(
					option.name,
					value,
				);
			}
			for (const value of [minValue - 1, maxValue + 1]) {
				expect(() => readRequestSettings({ [option.name]: value }, LIMITS)).toThrow(/must be/);
			}
		}
	});

	it('leaves out what only writes need', () => {
		const { options = [] } = requestSettingsField(LIMITS, false);
		const names = options.map(({ name }) => name);
		for (const name of ['writeTimeout', 'writesPerMinute', 'stopAfterFailures']) {
			expect(names).not.toContain(name);
		}
	});
});

import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';
import {
	DEFAULT_SETTINGS,
	type PaceLimits,
	type RequestSettings,
} from '../guarded-change/settings';
import { numberInRange, wholeNumber, type NumberRange } from './inputs';

/** Limits of the vendor, and what the run does after failures; read once, from the first item. */
export interface RunSettings extends PaceLimits {
	/** 0 never stops. */
	stopAfterFailures: number;
}

export type ItemSettings = RequestSettings & RunSettings;

interface SettingField extends NumberRange {
	name: keyof RequestSettings | keyof RunSettings;
	default: number;
	description: string;
	/** Only operations that write have it. */
	write?: true;
}

const HOUR = 3_600_000;
const MOST = 1_000_000;

/** The fields, alphabetical as n8n wants them. `limits` are the vendor's documented ones. */
function settingFields(limits: PaceLimits): SettingField[] {
	const d = DEFAULT_SETTINGS;
	return [
		{
			name: 'backoffRate',
			field: 'Back-Off Rate',
			default: d.backoffRate,
			min: 1,
			max: 10,
			description: 'Each further wait between two tries is this many times as long',
		},
		{
			name: 'concurrency',
			field: 'Concurrency',
			default: limits.concurrency,
			min: 1,
			max: 64,
			description: 'Requests in flight at the same time. For the run: taken from the first item.',
		},
		{
			name: 'deadline',
			field: 'Deadline (Ms)',
			default: d.deadline,
			min: 0,
			max: HOUR,
			description:
				'Longest time for one item from its first request, waits for pace and throttling not counted. 0 is no limit.',
		},
		{
			name: 'maxAttempts',
			field: 'Max Attempts',
			default: d.maxAttempts,
			min: 1,
			max: 10,
			description:
				'Sends of one request at most. A write is sent again only where it is certain that the one before had no effect.',
		},
		{
			name: 'maxThrottleWait',
			field: 'Max Throttle Wait (Ms)',
			default: d.maxThrottleWait,
			min: 0,
			max: HOUR,
			description:
				'Longest time that one item waits because the vendor asks for it. A longer wait fails at once and says until when.',
		},
		{
			name: 'minSpacing',
			field: 'Min Spacing (Ms)',
			default: limits.minSpacing,
			min: 0,
			max: 60_000,
			description:
				'Time between the starts of two requests. For the run: taken from the first item.',
		},
		{
			name: 'requestsPerMinute',
			field: 'Requests Per Minute',
			default: limits.requestsPerMinute,
			min: 0,
			max: MOST,
			description:
				"Of all kinds, the vendor's documented limit by default. 0 is no limit. For the run: taken from the first item.",
		},
		{
			name: 'retryInterval',
			field: 'Retry Interval (Ms)',
			default: d.retryInterval,
			min: 0,
			max: 60_000,
			description: 'Longest wait before the second try; the actual wait is random (full jitter)',
		},
		{
			name: 'stopAfterFailures',
			field: 'Stop After Failures',
			default: 0,
			min: 0,
			max: MOST,
			write: true,
			description:
				'After so many failed items nothing new is sent. 0 never stops. For the run: taken from the first item.',
		},
		{
			name: 'timeout',
			field: 'Timeout (Ms)',
			default: d.timeout,
			min: 0,
			max: HOUR,
			description: 'Longest time for one whole read, body included. 0 is no limit.',
		},
		{
			name: 'writesPerMinute',
			field: 'Writes Per Minute',
			default: limits.writesPerMinute,
			min: 0,
			max: MOST,
			write: true,
			description:
				"The vendor's documented limit by default. 0 is no limit. For the run: taken from the first item.",
		},
		{
			name: 'writeTimeout',
			field: 'Write Timeout (Ms)',
			default: d.writeTimeout,
			min: 0,
			max: HOUR,
			write: true,
			description:
				'Longest time for one whole write. A short limit on a billing write only makes unknown outcomes.',
		},
	];
}

/**
 * The collection `requestSettings`: how a request travels.
 * @param writes with the settings that only a write has
 */
export function requestSettingsField(
	limits: PaceLimits,
	writes: boolean,
	displayOptions?: IDisplayOptions,
): INodeProperties {
	return {
		displayName: 'Request Settings',
		name: 'requestSettings',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description:
			'Timeouts, retries and pace. The defaults are safe and keep the documented limits.',
		options: settingFields(limits)
			.filter((field) => writes || !field.write)
			.map(({ field, name, default: value, description, min, max }) => ({
				displayName: field,
				name,
				type: 'number' as const,
				default: value,
				description,
				typeOptions: { minValue: min, maxValue: max },
			})),
		...(displayOptions && { displayOptions }),
	};
}

/**
 * Reads the collection of one item.
 * @throws BadInput
 */
export function readRequestSettings(given: IDataObject, limits: PaceLimits): ItemSettings {
	const values = settingFields(limits).map((field) => {
		const value = given[field.name] ?? field.default;
		const read = field.name === 'backoffRate' ? numberInRange : wholeNumber;
		return [field.name, read(value, field)] as const;
	});
	return Object.fromEntries(values) as unknown as ItemSettings;
}

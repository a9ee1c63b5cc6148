import type { INodeProperties, IDisplayOptions } from 'n8n-workflow';

/**
 * How a date is written in the request. The vendor's pages say ISO 8601; the engine that it runs on
 * may not read a zone (juspay/hyperswitch, PrimitiveDateTime without a format [I]).
 */
export const WIRE_DATES = ['utc', 'withoutZone'] as const;
export type WireDate = (typeof WIRE_DATES)[number];

/** An instant (ISO 8601 UTC with milliseconds) as it goes out: always in UTC. Pure. */
export function wireDate(instant: string, form: WireDate): string {
	return form === 'utc' ? instant : instant.slice(0, 19);
}

/** In which notation a date goes out. */
export function wireDateField(displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Write Date As',
		name: 'writeDateAs',
		type: 'options',
		default: 'utc',
		options: [
			{ name: 'UTC With Z', value: 'utc', description: 'Such as 2027-03-01T00:00:00.000Z' },
			{
				name: 'UTC Without Zone',
				value: 'withoutZone',
				description: 'Such as 2027-03-01T00:00:00, should Paychtec refuse the first',
			},
		],
		description:
			'How the date is written in the request. Change it only where Paychtec refuses the date.',
		displayOptions,
	};
}

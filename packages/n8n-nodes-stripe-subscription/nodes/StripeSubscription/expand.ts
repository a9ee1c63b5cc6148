import { BadInput, shown } from '../../../../n8n/inputs';

/** Stripe takes no more in one request, nor deeper ones (docs.stripe.com, api/expanding_objects [M]). */
const MOST = 20;

/**
 * Names of fields, as a list or divided by commas, such as `customer, latest_invoice.payments`.
 * @throws BadInput
 */
export function parseExpand(value: unknown): string[] {
	const given: unknown[] = Array.isArray(value) ? value : [value ?? ''];
	const names = given.flatMap((one) =>
		typeof one === 'string' ? one.split(',').map((name) => name.trim()) : [one],
	);
	return names
		.filter((name) => name !== '')
		.map((name) => {
			if (typeof name === 'string' && /^[a-z_]+(\.[a-z_]+){0,3}$/.test(name)) return name;
			throw new BadInput(
				'Expand',
				`cannot hold ${shown(name)}`,
				'Enter names of fields such as customer, divided by commas.',
			);
		})
		.slice(0, MOST);
}

/** What kind of value stands where: names of types in the place of values. */
export type Shape = string | Shape[] | { [field: string]: Shape };

/** The vendor's own record is not ours to keep the same. */
const VENDORS = 'raw';

/** The shape of a JSON value. */
export function shapeOf(value: unknown): Shape {
	if (Array.isArray(value)) return value.map(shapeOf);
	if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
	return Object.fromEntries(
		Object.entries(value).map(([field, inner]) => [
			field,
			field === VENDORS ? typeof inner : shapeOf(inner),
		]),
	);
}

/**
 * Where a shape is not kept any more: fields that are gone or are of another type. New fields are
 * welcome.
 */
export function broken(kept: Shape, now: Shape | undefined, path = ''): string[] {
	if (now === undefined) return [`${path} is gone`];
	if (typeof kept === 'string' || typeof now === 'string') {
		return kept === now ? [] : [`${path} was ${kindOf(kept)}, is ${kindOf(now)}`];
	}
	if (Array.isArray(kept) !== Array.isArray(now)) {
		return [`${path} was ${kindOf(kept)}, is ${kindOf(now)}`];
	}
	const fields = now as { [field: string]: Shape };
	return Object.entries(kept).flatMap(([field, inner]) =>
		broken(inner as Shape, fields[field], `${path}/${field}`),
	);
}

function kindOf(shape: Shape): string {
	if (typeof shape === 'string') return shape;
	return Array.isArray(shape) ? 'array' : 'object';
}

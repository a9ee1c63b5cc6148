/** A form as its sender meant it: nested by brackets, lists by their index. */
export type Field = string | Field[] | { [name: string]: Field };
export type Fields = { [name: string]: Field };

/** The names and values of a form body as they stand on the wire. */
export function flatFields(body: string): Record<string, string> {
	return Object.fromEntries(new URLSearchParams(body));
}

/** `a[b]=c&d[0]=e` → `{ a: { b: 'c' }, d: ['e'] }` (docs.stripe.com, form-encoded bodies). */
export function nestedFields(flat: Record<string, string>): Fields {
	const fields: Fields = {};
	for (const [name, value] of Object.entries(flat)) {
		const path = name.replace(/\]/g, '').split('[');
		let at = fields;
		for (const [i, key] of path.entries()) {
			if (i === path.length - 1) at[key] = value;
			else at = (at[key] ??= {}) as Fields;
		}
	}
	return withLists(fields) as Fields;
}

function withLists(field: Field): Field {
	if (typeof field === 'string') return field;
	const entries = Object.entries(field).map(([key, inner]) => [key, withLists(inner)] as const);
	const isList = entries.length > 0 && entries.every(([key]) => /^\d*$/.test(key));
	return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** A value on Stripe's form-encoded wire; an empty text clears a field. */
export type FormValue = string | number | FormFields | readonly string[];
export interface FormFields {
	[name: string]: FormValue;
}

/**
 * Fields as Stripe reads them: `a[b]=c` for nested ones, `a[0]=b` for lists (stripe/openapi,
 * `encoding` deepObject [D]). An empty text is sent as `a=`: that is how a field is cleared. Pure.
 */
export function formBody(fields: FormFields): string {
	return pairs(fields)
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join('&');
}

/** The names and values of a form body, as they stand on the wire. Pure. */
export function readFormBody(body: string): Record<string, string> {
	const decode = (text: string) => decodeURIComponent(text.replace(/\+/g, ' '));
	return Object.fromEntries(
		body
			.split('&')
			.filter((pair) => pair !== '')
			.map((pair) => {
				const at = pair.indexOf('=');
				return [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
			}),
	);
}

function pairs(value: FormValue, name = ''): Array<[string, string]> {
	if (typeof value !== 'object') return [[name, String(value)]];
	return Object.entries(value).flatMap(([key, inner]) =>
		pairs(inner as FormValue, name === '' ? key : `${name}[${key}]`),
	);
}

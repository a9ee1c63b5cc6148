/** Every way in which a secret could lie in a text: as it is, URL-encoded, or inside base64. */
export function formsOf(secret: string): string[] {
	const encoded = encodeURIComponent(secret);
	const form = new URLSearchParams([['', secret]]).toString().slice(1);
	const plain = [secret, encoded, encoded.toLowerCase(), form, form.toLowerCase()];
	const json = plain.map((text) => JSON.stringify(text).slice(1, -1));
	const base64 = plain.flatMap(insideBase64);
	return [...new Set([...plain, ...json, ...base64])];
}

/**
 * What base64 of any text with the secret in it must contain, for each of the three places in a
 * group of three bytes where the secret can begin; in both alphabets.
 */
function insideBase64(secret: string): string[] {
	return [0, 1, 2].flatMap((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
		// The first group also holds bytes of what stands before the secret.
		const sure = before === 0 ? whole : whole.slice(4);
		return [sure, sure.replace(/\+/g, '-').replace(/\//g, '_')];
	});
}

/**
 * The names of the secrets that a text contains, each with the form that was found.
 * @param secrets by name; names may be shown, secrets never are
 */
export function secretsIn(text: string | Buffer, secrets: ReadonlyMap<string, string>): string[] {
	const haystack = Buffer.isBuffer(text) ? text : Buffer.from(text);
	return [...secrets].flatMap(([name, secret]) =>
		formsOf(secret).flatMap((form, i) =>
			haystack.includes(form) ? [`${name} (form ${i} of ${formsOf(secret).length})`] : [],
		),
	);
}

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { NodeResult } from '../../embedded-n8n';
import { secretsIn } from '../e2e/support/secrets';

/** All text that can be reached from a value: its strings, and the names of its fields. */
export function textOf(value: unknown): string {
	const texts: string[] = [];
	const seen = new Set<object>();
	const open: unknown[] = [value];
	while (open.length > 0) {
		const one = open.pop();
		if (typeof one === 'string') texts.push(one);
		if (Buffer.isBuffer(one)) texts.push(one.toString('latin1'));
		else if (typeof one === 'object' && one !== null && !seen.has(one)) {
			seen.add(one);
			if (one instanceof Map || one instanceof Set) open.push(...one);
			// An error's message and stack are not enumerable.
			for (const name of Object.getOwnPropertyNames(one)) {
				texts.push(name);
				open.push((one as Record<string, unknown>)[name]);
			}
		}
	}
	return texts.join('\n');
}

/** The text of everything that a run leaves behind for others to see: data, errors, hints. */
export function leftBehind({ error, hints, runData, run }: NodeResult): string {
	return textOf({ error, hints, runData, run });
}

/** Secrets of a credential by name, as it is typed in and as n8n stores it. */
export function secretsOf(credential: ICredentialDataDecryptedObject): Map<string, string> {
	const { password, accessToken, oneTimeCodeSecret, sessionToken } = credential;
	const named = { password, accessToken, oneTimeCodeSecret, session: unsealed(sessionToken) };
	return new Map(
		Object.entries(named).flatMap(([name, secret]) =>
			typeof secret === 'string' && secret !== '' ? [[name, secret]] : [],
		),
	);
}

const unsealed = (token: unknown) => String(token ?? '').replace(/^[0-9a-f]{64}\./, '');

/** A header with a session that nobody has told of. */
const BEARER = /bearer [\w.~+/-]{8}/i;

/**
 * What of secrets is in a text, each by its name and never by its value.
 * @param tokens every token that the vendor has given out
 */
export function leaksIn(
	text: string,
	credentials: ReadonlyMap<string, string>,
	tokens: readonly string[],
): string[] {
	const numbered = tokens.map((token, index): [string, string] => [`token ${index}`, token]);
	const found = secretsIn(text, new Map([...credentials, ...numbered]));
	return BEARER.test(text) ? [...found, 'a bearer'] : found;
}

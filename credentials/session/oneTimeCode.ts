import { createHmac } from 'crypto';
import { UserError } from 'n8n-workflow';
import { SIGN_IN_PREFIX } from './signInError';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** Characters left over after whole groups of eight that no number of bytes produces. */
const IMPOSSIBLE_REMAINDERS = new Set([1, 3, 6]);

/**
 * Decodes base32 (RFC 4648, section 6) as authenticator apps show it: in either case, with spaces,
 * hyphens and padding or without.
 *
 * @throws UserError when the text is no base32; the text is not quoted
 */
export function decodeBase32(text: string): Buffer {
	const digits = text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
	if (!/^[A-Z2-7]+$/.test(digits) || IMPOSSIBLE_REMAINDERS.has(digits.length % 8)) {
		throw new UserError(
			`${SIGN_IN_PREFIX}'One-Time Code Secret' is not a base32 secret. Enter the letters A to Z and digits 2 to 7 that the authenticator set-up shows, not the six-digit code.`,
		);
	}

	const bytes: number[] = [];
	let bits = 0;
	let bitCount = 0;
	for (const digit of digits) {
		bits = (bits << 5) | ALPHABET.indexOf(digit);
		bitCount += 5;
		if (bitCount >= 8) {
			bitCount -= 8;
			bytes.push((bits >> bitCount) & 0xff);
			bits &= (1 << bitCount) - 1;
		}
	}
	return Buffer.from(bytes);
}

/**
 * Computes the time-based one-time code of RFC 6238 (SHA-1, steps of 30 s).
 *
 * @param secret base32, as the authenticator set-up shows it
 * @param now milliseconds since 1970
 * @throws UserError when the secret is no base32
 */
export function oneTimeCode(secret: string, now: number, digits = 6): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS)));

	const mac = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
	const offset = mac.readUInt8(mac.length - 1) & 0x0f;
	const truncated = mac.readUInt32BE(offset) & 0x7fffffff;
	return (truncated % 10 ** digits).toString().padStart(digits, '0');
}

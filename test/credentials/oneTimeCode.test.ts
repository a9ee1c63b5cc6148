import { UserError } from 'n8n-workflow';
import { decodeBase32, oneTimeCode } from '../../credentials/session/oneTimeCode';

/** "12345678901234567890", the SHA-1 key of RFC 6238, appendix B. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
	[59, '94287082'],
	[1111111109, '07081804'],
	[1111111111, '14050471'],
	[1234567890, '89005924'],
	[2000000000, '69279037'],
	[20000000000, '65353130'],
])('RFC 6238, appendix B: at %d s', (seconds, code) => {
	expect(oneTimeCode(RFC_SECRET, seconds * 1000, 8)).toBe(code);
	expect(oneTimeCode(RFC_SECRET, seconds * 1000)).toBe(code.slice(2));
});

it('changes every 30 seconds', () => {
	expect(oneTimeCode(RFC_SECRET, 59_999, 8)).toBe('94287082');
	expect(oneTimeCode(RFC_SECRET, 60_000, 8)).not.toBe('94287082');
});

// RFC 4648, section 10.
test.each([
	['MY======', 'f'],
	['MZXQ====', 'fo'],
	['MZXW6===', 'foo'],
	['MZXW6YQ=', 'foob'],
	['MZXW6YTB', 'fooba'],
	['MZXW6YTBOI======', 'foobar'],
	['mzxw 6ytb-oi', 'foobar'],
])('decodes %j', (text, decoded) => expect(decodeBase32(text).toString()).toBe(decoded));

test.each([
	'',
	'   ',
	'======',
	'MZXW1',
	'MZXW0YTB',
	'M',
	'MZX',
	'MZXW6Y',
	'MZ=XW6',
	'äöü',
	'🙂🙂',
])('refuses %j', (text) => {
	expect(() => decodeBase32(text)).toThrow(UserError);
	expect(() => decodeBase32(text)).toThrow(
		/^Nexudus sign-in: 'One-Time Code Secret' is not a base32 secret\./,
	);
});

it('does not quote a secret it cannot read', () => {
	expect(() => decodeBase32('HUNTER2SECRET1')).toThrow(/^(?!.*HUNTER2)/);
});

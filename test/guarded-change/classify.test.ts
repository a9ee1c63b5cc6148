import type { Reply, Verdict } from '../../guarded-change/change';
import { classify } from '../../guarded-change/classify';

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
const answer = (status: number, headers: Record<string, string> = {}): Reply => ({
	answered: true,
	status,
	headers,
	body: '',
});
const noAnswer = (code: string): Reply => ({ answered: false, code });
const inTen = new Date(NOW + 10_000).toUTCString();

describe('What a reply to a request means', () => {
	const table: Array<[string, Reply, Verdict]> = [
		['200', answer(200), { class: 'ok' }],
		['204', answer(204), { class: 'ok' }],
		['301: a write never follows', answer(301), { class: 'refused' }],
		['308', answer(308), { class: 'refused' }],
		['400', answer(400), { class: 'refused' }],
		['401', answer(401), { class: 'unauthorized' }],
		['403', answer(403), { class: 'refused' }],
		['404', answer(404), { class: 'refused' }],
		['408 may have been acted on', answer(408), { class: 'ambiguous', finished: false }],
		['409 without Retry-After', answer(409), { class: 'refused' }],
		[
			'409 with Retry-After is Nexudus’ throttle',
			answer(409, { 'retry-after': '7' }),
			{ class: 'throttled', retryAfter: 7_000 },
		],
		['429', answer(429), { class: 'throttled', retryAfter: undefined }],
		[
			'429 with a date, on our clock',
			answer(429, { 'retry-after': inTen }),
			{ class: 'throttled', retryAfter: 10_000 },
		],
		[
			'429 with a date, on the vendor’s own clock',
			answer(429, { 'retry-after': inTen, date: new Date(NOW + 4_000).toUTCString() }),
			{ class: 'throttled', retryAfter: 6_000 },
		],
		[
			'429 with an unreadable wait',
			answer(429, { 'retry-after': 'soon' }),
			{ class: 'throttled', retryAfter: undefined },
		],
		['500: the application has answered', answer(500), { class: 'ambiguous', finished: true }],
		['501', answer(501), { class: 'ambiguous', finished: true }],
		['502: a gateway speaks', answer(502), { class: 'ambiguous', finished: false }],
		['503', answer(503), { class: 'ambiguous', finished: false }],
		['504', answer(504), { class: 'ambiguous', finished: false }],
		['524', answer(524), { class: 'ambiguous', finished: false }],
		['connection refused', noAnswer('ECONNREFUSED'), { class: 'neverSent' }],
		['host not found', noAnswer('ENOTFOUND'), { class: 'neverSent' }],
		['certificate', noAnswer('CERT_HAS_EXPIRED'), { class: 'neverSent' }],
		['reset', noAnswer('ECONNRESET'), { class: 'ambiguous', finished: false }],
		['time-out', noAnswer('TIMED_OUT'), { class: 'ambiguous', finished: false }],
		['TLS alert in mid-flight', noAnswer('EPROTO'), { class: 'ambiguous', finished: false }],
		['a code nobody knows', noAnswer('EWHATEVER'), { class: 'ambiguous', finished: false }],
		['no session', noAnswer('NO_SESSION'), { class: 'noSession' }],
		['cancelled', noAnswer('CANCELLED'), { class: 'cancelled' }],
	];
	test.each(table)('%s', (_, reply, verdict) => {
		expect(classify(reply, NOW)).toEqual(verdict);
	});
});

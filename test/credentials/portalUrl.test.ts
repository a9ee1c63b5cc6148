import { UserError } from 'n8n-workflow';
import { parsePortalUrl } from '../../credentials/session/portalUrl';

describe('accepts', () => {
	test.each([
		['https://myspace.spaces.nexudus.com', 'https://myspace.spaces.nexudus.com'],
		['https://myspace.spaces.nexudus.com/', 'https://myspace.spaces.nexudus.com'],
		['  https://myspace.spaces.nexudus.com\n', 'https://myspace.spaces.nexudus.com'],
		['HTTPS://MySpace.Spaces.Nexudus.com', 'https://myspace.spaces.nexudus.com'],
		['https://myspace.spaces.nexudus.com:443', 'https://myspace.spaces.nexudus.com'],
		['https://myspace.spaces.nexudus.com:8443/', 'https://myspace.spaces.nexudus.com:8443'],
		['https://bücher.example', 'https://xn--bcher-kva.example'],
		['http://localhost:5678', 'http://localhost:5678'],
		['http://portal.localhost', 'http://portal.localhost'],
		['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
		['http://127.9.8.7', 'http://127.9.8.7'],
		['http://[::1]:3000', 'http://[::1]:3000'],
	])('%j', (value, origin) => expect(parsePortalUrl(value)).toBe(origin));
});

describe('refuses', () => {
	test.each<[unknown, string]>([
		['', 'is empty'],
		['   ', 'is empty'],
		[undefined, 'is empty'],
		[null, 'is empty'],
		[42, 'is empty'],
		[['https://myspace.spaces.nexudus.com'], 'is empty'],
		['myspace.spaces.nexudus.com', 'is not a full address'],
		['https:myspace.spaces.nexudus.com', 'is not a full address'],
		['https:///myspace.spaces.nexudus.com', 'is not a full address'],
		['https://', 'is not a full address'],
		['https://my_space:port', 'is not a full address'],
		['https://%zz', 'is not a full address'],
		['javascript:alert(1)', 'is not a full address'],
		['http://myspace.spaces.nexudus.com', 'does not use https'],
		['ftp://localhost', 'does not use https'],
		['ws://127.0.0.1', 'does not use https'],
		['http://localhost.evil.example', 'does not use https'],
		['http://127.0.0.1.evil.example', 'does not use https'],
		['http://[::2]', 'does not use https'],
		['https://myspace.spaces.nexudus.com/en', 'holds a path'],
		['https://myspace.spaces.nexudus.com//', 'holds a path'],
		['https://myspace.spaces.nexudus.com\\@evil.example', 'holds a path'],
		['https://myspace.spaces.nexudus.com?a=1', 'holds a query'],
		['https://myspace.spaces.nexudus.com/?', 'holds a query'],
		['https://myspace.spaces.nexudus.com#top', "holds a part after '#'"],
		['https://myspace.spaces.nexudus.com/#', "holds a part after '#'"],
		['https://maria:secret@myspace.spaces.nexudus.com', 'holds a user name'],
		['https://@myspace.spaces.nexudus.com', 'holds a user name'],
		['https://my space.nexudus.com', 'holds spaces or invisible'],
		['https://my\tspace.nexudus.com', 'holds spaces or invisible'],
		['https://my\u0000space.nexudus.com', 'holds spaces or invisible'],
		['https://my\u200bspace.nexudus.com', 'holds spaces or invisible'],
		['https://\u202emoc.example', 'holds spaces or invisible'],
	])('%j', (value, reason) => {
		expect(() => parsePortalUrl(value)).toThrow(UserError);
		expect(() => parsePortalUrl(value)).toThrow(`'Portal URL' ${reason}`);
	});

	it('without quoting the value', () => {
		expect(() => parsePortalUrl('https://maria:hunter2@x.example')).toThrow(/^(?!.*hunter2)/);
	});
});

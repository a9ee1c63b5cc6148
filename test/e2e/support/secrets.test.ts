import { secretsIn } from './secrets';

const SECRET = 'Käse & Brot/7 = 100% +gut+';
const secrets = new Map([['password', SECRET]]);
const base64 = (text: string) => Buffer.from(text).toString('base64');

const hiding: Array<[string, string]> = [
	['plain', `password=${SECRET}!`],
	['URL-encoded', `?password=${encodeURIComponent(SECRET)}&x=1`],
	['form-encoded', new URLSearchParams({ password: SECRET }).toString()],
	['in JSON', JSON.stringify({ password: SECRET })],
	['in base64', base64(SECRET)],
	['in base64 after one byte', base64(`:${SECRET}`)],
	['in base64 after two bytes', base64(`a:${SECRET} and more`)],
	['in base64url', Buffer.from(`nora:${SECRET}`).toString('base64url')],
	['URL-encoded in base64', base64(`user=nora&password=${encodeURIComponent(SECRET)}`)],
];

it.each(hiding)('a secret is found %s', (_, text) => {
	expect(secretsIn(`before ${text} after`, secrets)).not.toEqual([]);
});

it('nothing is found where there is none', () => {
	expect(secretsIn(`Brot ${base64('Käse & Brot')} 100%`, secrets)).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allParts } from './options';

describe('test/e2e/README.md', () => {
	it('says of every part what it shows', () => {
		const text = readFileSync(join(__dirname, 'README.md'), 'utf8');
		const named = [...text.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name!);
		expect(named.sort()).toEqual(allParts().sort());
	});
});

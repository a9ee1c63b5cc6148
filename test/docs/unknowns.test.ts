import { readingChoices } from '../../sandbox/vendor/readings';
import { vendorRoutes } from '../../sandbox/vendor/routes';
import { faultKinds } from '../../sandbox/wire/faults';
import { textOf } from './documents';

/** The last cells of the tables: names of the stand-in's switches. */
const named = [...textOf('docs/limits-and-unknowns.md').matchAll(/\|([^|\n]*)\|$/gm)].flatMap(
	([, cell]) => [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
);

/** Names that the page of the stand-in would show as they are in the code. */
const wordless = (names: readonly string[], begin: (name: string) => string) =>
	names.filter((name) => !textOf('sandbox/page/words.js').includes(`\n\t${begin(name)}`));

describe('the questions that Nexudus leaves open', () => {
	it('stand in the document wherever the stand-in can be switched', () => {
		expect(Object.keys(readingChoices).filter((name) => !named.includes(name))).toEqual([]);
	});

	it('have words on the page of the stand-in', () => {
		expect(wordless(Object.keys(readingChoices), (name) => `${name}: [`)).toEqual([]);
	});

	it('have words there for every fault, and for what it may strike', () => {
		expect(wordless(faultKinds, (name) => `${name}: {`)).toEqual([]);
		const routes = vendorRoutes.map(({ kind }) => kind);
		expect(wordless(routes, (name) => `${name}: `)).toEqual([]);
	});
});

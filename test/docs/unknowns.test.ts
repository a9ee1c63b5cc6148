import { readingChoices } from '../../sandbox/vendor/readings';
import { textOf } from './documents';

/** The last cells of the tables: names of the stand-in's switches. */
const named = [...textOf('docs/limits-and-unknowns.md').matchAll(/\|([^|\n]*)\|$/gm)].flatMap(
	([, cell]) => [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
);

describe('the questions that Nexudus leaves open', () => {
	it('stand in the document wherever the stand-in can be switched', () => {
		expect(Object.keys(readingChoices).filter((name) => !named.includes(name))).toEqual([]);
	});

	it('have words on the page of the stand-in', () => {
		const words = textOf('sandbox/page/words.js');
		const wordless = Object.keys(readingChoices).filter(
			(name) => !words.includes(`\n\t${name}: [`),
		);
		expect(wordless).toEqual([]);
	});
});

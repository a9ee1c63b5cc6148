import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { buildPackage, CHECKOUT } from './builtPackage';
import { chart } from './chart';
import { documentedLimits } from './documentedLimits';
import { expectations, FULL, QUICK, type Results } from './expectations';
import { ensureHttpRequestNode, NODES_BASE } from './httpRequestNode';
import { machine } from './machine';
import { limitedTable, sizeTable, unlimitedTable } from './report';
import { size, type SizeRow } from './size';
import { unlimited } from './unlimited';

const USAGE = `npm run bench -- [options]

Pauses contracts with this package and with n8n's HTTP Request node, in the same n8n engine, against
the Nexudus stand-in. Takes about 12 minutes and writes bench/results.json and docs/bench.svg.

  --quick   a small form in under a minute that writes nothing; status 1 when a bound is missed
  --help    this text
`;

async function bench(quick: boolean): Promise<boolean> {
	const where = machine();
	print(
		`n8n-core ${where.versions['n8n-core']}, HTTP Request of n8n-nodes-base ${NODES_BASE.version}, ` +
			`Node ${where.node}, ${where.cores} cores, load ${where.load.join(' ')}\n`,
	);
	await Promise.all([buildPackage(), ensureHttpRequestNode()]);

	const withoutLimit = await unlimited(
		quick ? { contracts: 100, rounds: 2, warmUps: 1 } : { contracts: 200, rounds: 5, warmUps: 2 },
	);
	print(unlimitedTable(withoutLimit));
	const sizes: SizeRow[] = [];
	for (const items of quick ? [100] : [10, 100, 1_000, 10_000]) {
		sizes.push(await size(items, quick || items > 1_000 ? 1 : 3));
	}
	print(sizeTable(sizes));
	// The first minute of the limits holds 60 writes, so that a small run needs no second one.
	const limited = await documentedLimits({ contracts: quick ? 40 : 200, quick });
	print(limitedTable(limited));

	const results: Results = { unlimited: withoutLimit, limited, sizes };
	const judged = expectations(results, quick ? QUICK : FULL);
	print(judged.map(({ text, met }) => `${met ? 'met    ' : 'MISSED '} ${text}`).join('\n'));
	if (!quick) {
		const raw = { ...where, loadAfter: machine().load, ...results };
		const file = join(__dirname, 'results.json');
		const style = { ...(await resolveConfig(file)), filepath: file };
		await writeFile(file, await format(JSON.stringify(raw), style));
		await writeFile(join(CHECKOUT, 'docs', 'bench.svg'), await chart(results));
	}
	return judged.every(({ met }) => met);
}

function print(text: string): void {
	process.stdout.write(`${text}\n\n`);
}

const { values } = parseArgs({
	options: { quick: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) {
	process.stdout.write(USAGE);
} else {
	bench(values.quick ?? false).then(
		(met) => process.exit(met || !values.quick ? 0 : 1),
		(error: Error) => {
			process.stderr.write(`${error.stack}\n`);
			process.exit(1);
		},
	);
}

import { writeFileSync } from 'node:fs';
import { documentedLimits } from './documentedLimits';
documentedLimits({ contracts: 200, quick: false }).then(
	(r) => {
		writeFileSync('/tmp/benchprof/b.json', JSON.stringify(r, null, 1));
		process.exit(0);
	},
	(e) => {
		console.error(e);
		process.exit(1);
	},
);

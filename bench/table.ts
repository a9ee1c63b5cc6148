/** A table for the console: first column to the left, the others to the right. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const widths = head.map((_, column) =>
		Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
	);
	const line = (row: readonly string[]) =>
		row
			.map((cell, column) => {
				const width = widths[column] ?? 0;
				return column === 0 ? cell.padEnd(width) : cell.padStart(width);
			})
			.join('  ');
	const rule = widths.map((width) => '-'.repeat(width)).join('  ');
	return [line(head), rule, ...rows.map(line)].join('\n');
}

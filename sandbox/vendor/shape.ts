type Shape = Map<string, Shape>;

const parsed = new Map<string, Shape>();
const shapesKept = 200;

function parse(text: string): Shape {
	let shape = parsed.get(text);
	if (shape) return shape;
	shape = new Map();
	for (const path of text.split(',')) {
		let level = shape;
		for (const name of path.trim().split('.')) {
			const below: Shape = level.get(name) ?? new Map();
			level.set(name, below);
			level = below;
		}
	}
	if (parsed.size >= shapesKept) parsed.clear();
	parsed.set(text, shape);
	return shape;
}

function project(value: unknown, shape: Shape): unknown {
	if (Array.isArray(value)) return value.map((element) => project(element, shape));
	if (typeof value !== 'object' || value === null) return value;
	const record = value as Record<string, unknown>;
	const result: Record<string, unknown> = {};
	for (const [name, below] of shape) {
		if (!(name in record)) continue;
		result[name] = below.size > 0 ? project(record[name], below) : record[name];
	}
	return result;
}

/**
 * Keeps only the named paths, `_shape=A.B,A.C`: learn.nexudus.com contract-details [D].
 * A path goes through an array as if it were one record. Names that do not exist are left out [I].
 */
export function applyShape(value: unknown, shape: string | undefined): unknown {
	return shape ? project(value, parse(shape)) : value;
}

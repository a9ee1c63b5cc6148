const { finished } = require('node:stream/promises');
const { dest, src } = require('gulp');

const assets = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'credentials/**/*.{svg,png}'];

/** Icons and codex files of every package go beside the compiled file that names them. */
exports.assets = async () => {
	const { packages } = await import('./scripts/packages.mjs');
	const copies = packages.map((cwd) =>
		src(assets, { cwd, base: cwd, encoding: false }).pipe(dest('dist', { cwd })),
	);
	await Promise.all(copies.map((copy) => finished(copy.resume())));
};

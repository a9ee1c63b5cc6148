const { dest, src } = require('gulp');

const assets = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'credentials/**/*.{svg,png}'];

/** Icons and codex files go beside the compiled file that names them. */
exports.assets = () => src(assets, { base: '.', encoding: false }).pipe(dest('dist'));

// Run in a process of its own: loads an unpacked package with n8n's loader and prints what it holds.
const { PackageDirectoryLoader } = require('n8n-core/dist/nodes-loader/package-directory-loader');

const loader = new PackageDirectoryLoader(process.argv[2]);
loader.loadAll().then(() => {
	const entries = (types) =>
		Object.entries(types).map(([name, { type, sourcePath }]) => ({
			name,
			sourcePath,
			icon: (type.description ?? type).iconUrl ?? null,
			codex: type.description?.codex ?? null,
		}));
	const { nodeTypes, credentialTypes } = loader;
	process.stdout.write(
		JSON.stringify({ nodes: entries(nodeTypes), credentials: entries(credentialTypes) }),
	);
});

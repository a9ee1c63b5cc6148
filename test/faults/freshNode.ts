import { sep } from 'path';
import type { INodeType } from 'n8n-workflow';

const NODE = '../../embedded-n8n/nexudus';

/**
 * The node with modules of its own, as another process would have loaded it: it knows nothing of
 * what others have sent. For programs; a test has its own registry of modules.
 */
export function freshNode(): INodeType {
	const own = (path: string) => !path.includes(`${sep}node_modules${sep}`);
	const held = Object.entries(require.cache).filter(([path]) => own(path));
	for (const [path] of held) delete require.cache[path];
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import is loaded once only
	const { Nexudus } = require(NODE) as { Nexudus: new () => INodeType };
	for (const [path, module] of held) require.cache[path] = module;
	return new Nexudus();
}

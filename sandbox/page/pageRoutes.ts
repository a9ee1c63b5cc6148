import { readdirSync, readFileSync } from 'fs';
import { extname, join } from 'path';
import type { FastifyInstance } from 'fastify';

const types: Record<string, string> = {
	'.html': 'text/html',
	'.css': 'text/css',
	'.js': 'text/javascript',
};

/** The front page "My plans" and its parts: every page, style sheet and script of this folder. */
export function addPageRoutes(app: FastifyInstance): void {
	for (const name of readdirSync(__dirname)) {
		const type = types[extname(name)];
		if (type === undefined) continue;
		app.get(name === 'index.html' ? '/' : `/${name}`, (_request, reply) =>
			reply.type(`${type}; charset=utf-8`).send(readFileSync(join(__dirname, name))),
		);
	}
}

import { readFileSync } from 'fs';
import { join } from 'path';
import type { FastifyInstance } from 'fastify';

const files = {
	'/': { name: 'index.html', type: 'text/html' },
	'/page.css': { name: 'page.css', type: 'text/css' },
	'/page.js': { name: 'page.js', type: 'text/javascript' },
};

/** The front page "My plans". */
export function addPageRoutes(app: FastifyInstance): void {
	for (const [path, { name, type }] of Object.entries(files)) {
		app.get(path, (_request, reply) =>
			reply.type(`${type}; charset=utf-8`).send(readFileSync(join(__dirname, name))),
		);
	}
}

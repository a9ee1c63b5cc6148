import { createServer } from 'node:net';

/** The preferred port when it is free on loopback, else any free one. */
export async function freePort(preferred = 0): Promise<number> {
	return (await tryPort(preferred)) ?? (await freePort());
}

/**
 * The port asked for, or the default one, or any free one when the default is taken.
 * @throws Error when a port that was asked for is taken
 */
export async function choosePort(asked: number | undefined, byDefault: number): Promise<number> {
	if (asked === undefined) return await freePort(byDefault);
	if ((await tryPort(asked)) === undefined) throw new Error(`Port ${asked} is taken`);
	return asked;
}

/** The port when it can be bound on loopback. */
async function tryPort(port: number): Promise<number | undefined> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', ({ code }: NodeJS.ErrnoException) => {
			if (code === 'EADDRINUSE' || code === 'EACCES') resolve(undefined);
			else reject(new Error(`Port ${port} cannot be used: ${code}`));
		});
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
		});
	});
}

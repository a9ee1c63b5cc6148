import { parseArgs } from 'node:util';

export interface StartOptions {
	/** End after the calls of the examples. */
	once: boolean;
	/** Forget the n8n of earlier starts. */
	fresh: boolean;
	help: boolean;
	/** Asked for explicitly; `undefined` takes the default, or a free one. */
	port?: number;
	sandboxPort?: number;
}

export const USAGE = `npm start -- [options]

  --once               call each example workflow once and end: status 0 if all did their work
  --port <n>           port of n8n (default 5678, or a free one; with --once a free one)
  --sandbox-port <n>   port of the Nexudus stand-in (default 4010, likewise)
  --fresh              begin with a new n8n: no account, workflows or executions of earlier starts
  --help               this text`;

/** @throws Error that names the option which is wrong */
export function parseOptions(args: string[]): StartOptions {
	const { values } = parseArgs({
		args,
		options: {
			once: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
			port: { type: 'string' },
			'sandbox-port': { type: 'string' },
		},
	});
	return {
		once: values.once,
		fresh: values.fresh,
		help: values.help,
		port: portNumber('--port', values.port),
		sandboxPort: portNumber('--sandbox-port', values['sandbox-port']),
	};
}

function portNumber(option: string, value?: string): number | undefined {
	if (value === undefined) return undefined;
	const port = Number(value);
	if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
		throw new Error(`${option} takes a number from 1 to 65535, not "${value}"`);
	}
	return port;
}

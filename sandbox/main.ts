import { parseArgs } from 'util';
import { createSandbox, type Sandbox } from './createSandbox';
import { documentedLimits } from './vendor/throttle';
import { storyPassword } from './seeds/story';

const usualPort = 4010;

const help = `Starts the Nexudus stand-in on the loopback.

  --port <number>   the port to listen on; without it ${usualPort}, or a free one when that is taken
  --no-throttle     without the documented request limits
  --help            this text
`;

async function start(port: string | undefined, throttled: boolean): Promise<Sandbox> {
	const throttle = throttled ? documentedLimits : undefined;
	if (port !== undefined) return await createSandbox({ port: Number(port), throttle });
	try {
		return await createSandbox({ port: usualPort, throttle });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		return await createSandbox({ port: 0, throttle });
	}
}

function introduce(sandbox: Sandbox): string {
	return `Nexudus stand-in

  My plans      ${sandbox.url}/
  Portal URL    ${sandbox.url}   (for the credential)
  Admin URL     ${sandbox.url}   (for the operator's credential)
  Control API   ${sandbox.url}/_sandbox/state

  Logins, all with the password ${storyPassword}
    maria@example.test   the story's customer
    tom@example.test     a second customer, with two profiles
    otto@example.test    two-factor sign-in, secret JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
    rita@example.test    must reset her password first
    elsa@example.test    not registered at this location
    olga@example.test    the operator: a full administrator
    dora@example.test    an administrator who may list customers, not act for them
    ivan@example.test    an administrator with two-factor sign-in, same secret as Otto

Ctrl-C stops it.
`;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string' },
			'no-throttle': { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) {
		process.stdout.write(help);
		return;
	}
	const sandbox = await start(values.port, !values['no-throttle']);
	process.stdout.write(introduce(sandbox));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});

import { createStripeSandbox } from './createStripeSandbox';

async function main(): Promise<void> {
	const sandbox = await createStripeSandbox({ port: Number(process.argv[2] ?? 4020) });
	process.stdout.write(
		`Stripe stand-in\n\n  API URL      ${sandbox.url}\n  Secret Key   ${sandbox.secretKey}\n\nCtrl-C stops it.\n`,
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});

import { createPaychtecSandbox } from './createPaychtecSandbox';
import { SANDBOX_KEY } from './story';
import { PROFILE } from './subscription';

async function main(): Promise<void> {
	const sandbox = await createPaychtecSandbox({ port: Number(process.argv[2] ?? 4030) });
	process.stdout.write(
		`Paychtec stand-in\n\n  Environment  Custom\n  Base URL     ${sandbox.url}\n  API Key      ${SANDBOX_KEY}\n  Profile ID   ${PROFILE}\n\nCtrl-C stops it.\n`,
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});

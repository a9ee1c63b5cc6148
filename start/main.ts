import { once } from 'node:events';
import { createSandbox, type Sandbox } from '../sandbox/createSandbox';
import { documentedLimits } from '../sandbox/vendor/throttle';
import { CALLER_HEADER, EXAMPLE_BODY, EXAMPLE_WEBHOOK, exampleCurl, MEMBER } from './example';
import { ensureN8n, type N8nVersion } from './install';
import { startLocalN8n, type LocalN8n } from './local';
import { parseOptions, USAGE, type StartOptions } from './options';
import { packPackage } from './package';
import { choosePort } from './ports';
import { createProgress, type Progress } from './progress';
import { takeUserFolder, temporaryUserFolder } from './userFolder';

const VERSION: N8nVersion = '2.40.7';
const N8N_PORT = 5678;
const SANDBOX_PORT = 4010;
const ANY_PORT = 0;
const INTERRUPTED = 130;
/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const SAME_INTERRUPT = 1_000;

type CleanUp = () => Promise<void>;

async function start(
	options: StartOptions,
	progress: Progress,
	signal: AbortSignal,
	cleanUps: CleanUp[],
): Promise<number> {
	// A single run needs no known ports, so that it can run beside others.
	const port = await choosePort(options.port, options.once ? ANY_PORT : N8N_PORT);
	const sandboxPort = await choosePort(options.sandboxPort, options.once ? ANY_PORT : SANDBOX_PORT);
	await ensureN8n(VERSION, { progress, signal });
	const packed = await packPackage({ progress, signal });

	const userFolder = options.once
		? await temporaryUserFolder()
		: await takeUserFolder(options.fresh);
	cleanUps.push(userFolder.release);
	const sandbox = await createSandbox({ port: sandboxPort, throttle: documentedLimits });
	cleanUps.push(() => sandbox.close());
	const local = await startLocalN8n({
		version: VERSION,
		packed,
		userFolder: userFolder.path,
		portalUrl: sandbox.url,
		port,
		progress,
		signal,
	});
	cleanUps.push(() => local.n8n.stop());

	print(introduction(local, sandbox));
	const paused = await callExample(local, sandbox);
	if (options.once) return paused ? 0 : 1;

	print('\nn8n and the stand-in keep running. Ctrl-C stops both.');
	const interrupted = once(signal, 'abort').then(() => 'interrupted' as const);
	const reason = await Promise.race([interrupted, local.n8n.ended]);
	if (reason !== 'interrupted') {
		throw new Error(`n8n ended by itself with status ${reason}; its log is ${local.n8n.logFile}`);
	}
	return 0;
}

/** Calls the example once and says what the stand-in holds afterwards, whatever the reply says. */
async function callExample({ rest, secrets }: LocalN8n, sandbox: Sandbox): Promise<boolean> {
	print('\nThat call, made once:\n');
	const reply = await rest.callWebhook(EXAMPLE_WEBHOOK, EXAMPLE_BODY, {
		[CALLER_HEADER]: secrets.callerSecret,
	});
	print(`  n8n answered ${reply.status}`);
	print(indent(JSON.stringify(reply.body, null, 2)));
	const { state, from, until } = sandbox.contract(EXAMPLE_BODY.contractId);
	const paused = state !== 'none';
	print(
		paused
			? `  At the stand-in, contract ${EXAMPLE_BODY.contractId} is paused from ${from} until ${until}.`
			: `  At the stand-in, contract ${EXAMPLE_BODY.contractId} is NOT paused.`,
	);
	return paused;
}

function introduction({ n8n, secrets }: LocalN8n, sandbox: Sandbox): string {
	return [
		'',
		`  n8n        ${n8n.url}`,
		`             ${secrets.ownerEmail}  ${secrets.ownerPassword}`,
		`  My plans   ${sandbox.url}  (the stand-in for Nexudus)`,
		`             ${MEMBER.email}  ${MEMBER.password}`,
		'',
		'Pause a contract through the workflow "Pause contract from webhook":',
		'',
		indent(exampleCurl(n8n.url, secrets.callerSecret)),
	].join('\n');
}

function indent(text: string): string {
	return text.replace(/^/gm, '  ');
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

function abortOnInterrupt(): AbortSignal {
	const controller = new AbortController();
	let first = 0;
	const interrupt = () => {
		if (first === 0) {
			first = Date.now();
			process.stderr.write('\nStopping ...\n');
			controller.abort(new Error('Interrupted'));
		} else if (Date.now() - first > SAME_INTERRUPT) {
			process.exit(INTERRUPTED);
		}
	};
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
	return controller.signal;
}

async function main(): Promise<number> {
	const options = parseOptions(process.argv.slice(2));
	if (options.help) {
		print(USAGE);
		return 0;
	}
	const signal = abortOnInterrupt();
	const progress = createProgress(process.stderr);
	const cleanUps: CleanUp[] = [];
	try {
		return await start(options, progress, signal, cleanUps);
	} catch (error) {
		if (signal.aborted) return INTERRUPTED;
		throw error;
	} finally {
		progress.abandon();
		for (const cleanUp of cleanUps.reverse()) await cleanUp();
	}
}

main().then(
	(status) => process.exit(status),
	(error: Error) => {
		process.stderr.write(`\n${error.message}\n`);
		process.exit(1);
	},
);

import { once } from 'node:events';
import { createSandbox, type Sandbox } from '../sandbox/createSandbox';
import { documentedLimits } from '../sandbox/vendor/throttle';
import {
	CALLER_HEADER,
	EXAMPLE_BODY,
	EXAMPLE_WEBHOOK,
	exampleCurl,
	MEMBER,
	OPERATOR,
} from './example';
import { ensureN8n, type N8nVersion } from './install';
import { startLocalN8n, type LocalN8n } from './local';
import { parseOptions, USAGE, type StartOptions } from './options';
import { allPackages, packPackage, type PackedPackage } from './package';
import { choosePort, freePort } from './ports';
import { createProgress, type Progress } from './progress';
import { setUpSibling, SIBLINGS, type Sibling, type SiblingStandIn } from './siblings';
import { takeUserFolder, temporaryUserFolder } from './userFolder';

const VERSION: N8nVersion = '2.40.7';
const N8N_PORT = 5678;
const SANDBOX_PORT = 4010;
const ANY_PORT = 0;
const INTERRUPTED = 130;
/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const SAME_INTERRUPT = 1_000;

type CleanUp = () => Promise<void>;

interface OpenSibling {
	sibling: Sibling;
	standIn: SiblingStandIn;
}

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
	const packages: PackedPackage[] = [];
	for (const directory of allPackages()) {
		packages.push(await packPackage(directory, { progress, signal }));
	}

	const userFolder = options.once
		? await temporaryUserFolder()
		: await takeUserFolder(options.fresh);
	cleanUps.push(userFolder.release);
	const sandbox = await createSandbox({ port: sandboxPort, throttle: documentedLimits });
	cleanUps.push(() => sandbox.close());
	const siblings: OpenSibling[] = [];
	for (const sibling of SIBLINGS) {
		const standIn = await sibling.open(await freePort(options.once ? ANY_PORT : sibling.port));
		cleanUps.push(() => standIn.close());
		siblings.push({ sibling, standIn });
	}
	const local = await startLocalN8n({
		version: VERSION,
		packages,
		userFolder: userFolder.path,
		portalUrl: sandbox.url,
		port,
		progress,
		signal,
	});
	cleanUps.push(() => local.n8n.stop());

	for (const { sibling, standIn } of siblings) {
		await setUpSibling(local.rest, sibling, standIn, local.caller);
	}

	print(introduction(local, sandbox, siblings));
	let done = await callExample(local, sandbox);
	for (const one of siblings) done = (await callSibling(local, one)) && done;
	if (options.once) return done ? 0 : 1;

	print('\nn8n and the stand-ins keep running. Ctrl-C stops all of them.');
	const interrupted = once(signal, 'abort').then(() => 'interrupted' as const);
	const reason = await Promise.race([interrupted, local.n8n.ended]);
	if (reason !== 'interrupted') {
		throw new Error(`n8n ended by itself with status ${reason}; its log is ${local.n8n.logFile}`);
	}
	return 0;
}

/** Calls the example of another system once and says what its stand-in holds afterwards. */
async function callSibling(
	{ n8n, rest, secrets }: LocalN8n,
	{ sibling, standIn }: OpenSibling,
): Promise<boolean> {
	const { vendor, call, afterwards } = sibling;
	const before = standIn.status();
	print(`\nThe same for ${vendor}, also made once:\n`);
	print(indent(exampleCurl(n8n.url, secrets.callerSecret, call)));
	const header = { [CALLER_HEADER]: secrets.callerSecret };
	const reply = await rest.callWebhook(call.path, call.body, header);
	print(`\n  n8n answered ${reply.status}`);
	print(indent(JSON.stringify(reply.body, null, 2)));
	print(`  At the stand-in, the subscription was ${before} and is ${standIn.status()}.`);
	return standIn.status() === afterwards;
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

function introduction(
	{ n8n, secrets }: LocalN8n,
	sandbox: Sandbox,
	siblings: readonly OpenSibling[],
): string {
	return [
		'',
		`  n8n        ${n8n.url}`,
		`             ${secrets.ownerEmail}  ${secrets.ownerPassword}`,
		`  My plans   ${sandbox.url}  (the stand-in for Nexudus)`,
		`             ${MEMBER.email}  ${MEMBER.password}  (a member)`,
		`             ${OPERATOR.email}  ${OPERATOR.password}  (the operator)`,
		...siblings.map(
			({ sibling, standIn }) =>
				`  ${sibling.vendor.padEnd(9)}  ${standIn.url}  (the stand-in for ${sibling.vendor})`,
		),
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

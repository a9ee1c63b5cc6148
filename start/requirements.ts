/** What a first start needs from the machine, and the command that brings what is missing. */

/** Questions put to the machine; tests answer them without one. */
export interface MachineLookups {
	platform: NodeJS.Platform;
	/** As `process.versions.node`, e.g. `20.19.1`. */
	nodeVersion: string;
	hasCommand(name: string): boolean;
	/** Free bytes of the disk which holds the folder. */
	freeBytes(folder: string): number;
}

export interface MissingRequirement {
	what: string;
	/** What the user does about it: a command where one command does it. */
	remedy: string;
}

export interface Needs {
	folder: string;
	bytes: number;
}

interface PackageManager {
	command: string;
	install: string;
	compiler: string;
	python: string;
	npm: string;
}

const MINIMUM_NODE_MAJOR = 20;
const GIGABYTE = 1024 ** 3;

const PACKAGE_MANAGERS: PackageManager[] = [
	{
		command: 'apt-get',
		install: 'sudo apt-get install -y',
		compiler: 'build-essential',
		python: 'python3',
		npm: 'npm',
	},
	{
		command: 'dnf',
		install: 'sudo dnf install -y',
		compiler: 'gcc-c++ make',
		python: 'python3',
		npm: 'npm',
	},
	{
		command: 'brew',
		install: 'brew install',
		compiler: 'gcc make',
		python: 'python3',
		npm: 'node',
	},
];

/**
 * Everything that stands in the way of an installation, with its remedy.
 * The compiler and Python are for sqlite3, n8n's database, which is built from its sources.
 * @returns an empty list when the installation can begin
 */
export function missingRequirements(lookups: MachineLookups, needs: Needs): MissingRequirement[] {
	if (lookups.platform !== 'linux' && lookups.platform !== 'darwin') {
		return [{ what: 'Linux or macOS', remedy: 'On Windows, run it inside WSL' }];
	}
	const manager = PACKAGE_MANAGERS.find(({ command }) => lookups.hasCommand(command));
	const withManager = (key: 'compiler' | 'python' | 'npm', otherwise: string) =>
		manager ? `${manager.install} ${manager[key]}` : otherwise;
	const missing: MissingRequirement[] = [];

	if (Number(lookups.nodeVersion.split('.')[0]) < MINIMUM_NODE_MAJOR) {
		missing.push({
			what: `Node.js ${MINIMUM_NODE_MAJOR} or newer (this is ${lookups.nodeVersion})`,
			remedy: `npx --yes --package=node@${MINIMUM_NODE_MAJOR} --call 'npm start'`,
		});
	}
	if (!lookups.hasCommand('npm')) {
		missing.push({ what: 'npm', remedy: withManager('npm', 'Install npm 10 or newer') });
	}
	if (!lookups.hasCommand('g++') && !lookups.hasCommand('clang++')) {
		missing.push({
			what: 'a C++ compiler (g++ or clang++)',
			remedy:
				lookups.platform === 'darwin'
					? 'xcode-select --install'
					: withManager('compiler', 'Install g++ and make'),
		});
	}
	if (!lookups.hasCommand('make')) {
		missing.push({
			what: 'make',
			remedy:
				lookups.platform === 'darwin'
					? 'xcode-select --install'
					: withManager('compiler', 'Install make'),
		});
	}
	if (!lookups.hasCommand('python3')) {
		missing.push({ what: 'python3', remedy: withManager('python', 'Install Python 3') });
	}
	const free = lookups.freeBytes(needs.folder);
	if (free < needs.bytes) {
		missing.push({
			what: `${gigabytes(needs.bytes)} GB of free disk (${gigabytes(free)} GB are free)`,
			remedy: `Free space on the disk of ${needs.folder}, or set XDG_CACHE_HOME to a folder on a larger disk`,
		});
	}
	return missing;
}

/** The missing requirements as lines for the terminal; equal remedies are named once. */
export function describeMissing(missing: MissingRequirement[]): string {
	const remedies = [...new Set(missing.map(({ remedy }) => remedy))];
	return [
		'Not started, this machine lacks:',
		...missing.map(({ what }) => `  - ${what}`),
		'What brings it:',
		...remedies.map((remedy) => `  ${remedy}`),
	].join('\n');
}

function gigabytes(bytes: number): string {
	return (bytes / GIGABYTE).toFixed(1);
}

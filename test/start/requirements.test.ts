import {
	describeMissing,
	missingRequirements,
	type MachineLookups,
} from '../../start/requirements';

const GIGABYTE = 1024 ** 3;
const NEEDS = { folder: '/cache', bytes: 4 * GIGABYTE };
const ALL = ['npm', 'g++', 'make', 'python3'];

function machine({
	commands = [...ALL, 'apt-get'],
	free = 100,
	...rest
}: Partial<MachineLookups> & { commands?: string[]; free?: number } = {}): MachineLookups {
	return {
		platform: 'linux',
		nodeVersion: '20.20.2',
		hasCommand: (name) => commands.includes(name),
		freeBytes: () => free * GIGABYTE,
		...rest,
	};
}

const without = (command: string, manager: string) => [
	...ALL.filter((name) => name !== command),
	manager,
];

describe('what a first start needs', () => {
	it('finds nothing missing on a machine that has everything', () => {
		expect(missingRequirements(machine(), NEEDS)).toEqual([]);
	});

	it('takes clang++ for g++', () => {
		const commands = ['npm', 'clang++', 'make', 'python3', 'brew'];
		expect(missingRequirements(machine({ platform: 'darwin', commands }), NEEDS)).toEqual([]);
	});

	it.each([
		['g++', 'linux', 'apt-get', 'sudo apt-get install -y build-essential'],
		['g++', 'linux', 'dnf', 'sudo dnf install -y gcc-c++ make'],
		['g++', 'darwin', 'brew', 'xcode-select --install'],
		['make', 'linux', 'apt-get', 'sudo apt-get install -y build-essential'],
		['make', 'darwin', 'brew', 'xcode-select --install'],
		['python3', 'linux', 'apt-get', 'sudo apt-get install -y python3'],
		['python3', 'linux', 'dnf', 'sudo dnf install -y python3'],
		['python3', 'darwin', 'brew', 'brew install python3'],
		['npm', 'linux', 'apt-get', 'sudo apt-get install -y npm'],
		['npm', 'linux', 'dnf', 'sudo dnf install -y npm'],
	] as const)('without %s on %s with %s it names "%4$s"', (command, platform, manager, remedy) => {
		const lookups = machine({ platform, commands: without(command, manager) });
		expect(missingRequirements(lookups, NEEDS).map((one) => one.remedy)).toEqual([remedy]);
	});

	it('says what to install where it knows no package manager', () => {
		const lookups = machine({ commands: without('python3', 'apk') });
		expect(missingRequirements(lookups, NEEDS)[0]?.remedy).toBe('Install Python 3');
	});

	it.each([
		['18.20.1', 1],
		['20.0.0', 0],
		['24.21.0', 0],
	])('Node.js %s: %i missing', (nodeVersion, count) => {
		expect(missingRequirements(machine({ nodeVersion }), NEEDS)).toHaveLength(count);
	});

	it('says how much disk is free and how much is needed', () => {
		const [missing] = missingRequirements(machine({ free: 1.5 }), NEEDS);
		expect(missing?.what).toBe('4.0 GB of free disk (1.5 GB are free)');
		expect(missing?.remedy).toContain('XDG_CACHE_HOME');
	});

	it('sends Windows users to WSL and asks for nothing else', () => {
		const lookups = machine({ platform: 'win32', commands: [] });
		expect(missingRequirements(lookups, NEEDS)).toEqual([
			{ what: 'Linux or macOS', remedy: 'On Windows, run it inside WSL' },
		]);
	});

	it('names each command once', () => {
		const lookups = machine({ commands: ['npm', 'python3', 'apt-get'] });
		const text = describeMissing(missingRequirements(lookups, NEEDS));
		expect(text.match(/build-essential/g)).toHaveLength(1);
		expect(text).toContain('a C++ compiler');
		expect(text).toContain('- make');
	});
});

import dns from 'dns';

/** Why a connection is not made: nobody knows the name, or nobody listens at the address. */
export type Fate = 'notFound' | 'nobodyListens';

/** What a look-up of a portal's name comes to; undefined leads to the stand-in. */
export type LookUp = () => Fate | undefined;

const STAND_IN = { address: '127.0.0.1', family: 4 };
/** Of the loopback, too, and refused at once: the stand-in listens at the other one alone. */
const NOBODY =
	process.platform === 'darwin'
		? { address: '::1', family: 6 }
		: { address: '127.0.0.2', family: 4 };

const DOMAIN = '.faults.localhost';
const lookUps = new Map<string, LookUp>();
let served = false;

/**
 * Gives a portal a host name of its own, so that what a process remembers of one portal does not
 * touch another. `lookUp` is asked for every new connection, just before it is made.
 * @returns the host name
 */
export function namePortal(name: string, lookUp: LookUp): string {
	serveNames();
	const host = `${name}${DOMAIN}`;
	lookUps.set(host, lookUp);
	return host;
}

export function forgetPortal(host: string): void {
	lookUps.delete(host);
}

type Callback = (error: Error | null, address?: unknown, family?: number) => void;

function serveNames(): void {
	if (served) return;
	served = true;
	const system = dns.lookup as (...parts: unknown[]) => void;
	const lookup = (host: string, options: dns.LookupOptions, callback: Callback): void => {
		if (!host.endsWith(DOMAIN)) return system(host, options, callback);
		const fate = lookUps.get(host)?.();
		process.nextTick(() => {
			if (fate === 'notFound') {
				const code = 'ENOTFOUND';
				callback(Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code, hostname: host }));
				return;
			}
			const found = fate === 'nobodyListens' ? NOBODY : STAND_IN;
			if (options.all) callback(null, [found]);
			else callback(null, found.address, found.family);
		});
	};
	Object.assign(dns, { lookup });
}

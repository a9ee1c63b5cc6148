import dns from 'dns';

/** What a look-up of a portal's name comes to: an error code, or undefined for the loopback. */
export type LookUp = () => string | undefined;

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
		const code = lookUps.get(host)?.();
		process.nextTick(() => {
			if (code !== undefined) {
				callback(Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code, hostname: host }));
			} else if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
			else callback(null, '127.0.0.1', 4);
		});
	};
	Object.assign(dns, { lookup });
}

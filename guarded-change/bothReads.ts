import type { Known, Read } from './change';

/**
 * Two reads that make one: as old as the older one, and not known where the second is not. No `a`
 * where what it would bring is known from before. Pure.
 */
export function both<B, C>(a: Known<unknown> | undefined, b: Read<B>, join: (b: B) => C): Read<C> {
	const waited = (a?.waited ?? 0) + b.waited;
	if (!b.known) return { ...b, waited };
	const askedAt = Math.min(a?.askedAt ?? Infinity, b.askedAt);
	return { known: true, value: join(b.value), askedAt, waited };
}

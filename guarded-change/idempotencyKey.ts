import { createHash } from 'crypto';

/**
 * The key under which a write goes out at a vendor that replays: the same plan in the same
 * execution is the same request, however often it is sent. Pure; at most 255 characters.
 * @param fresh how many keys of this plan and execution have served their turn
 */
export function idempotencyKey(planId: string, execution: string, fresh: number): string {
	const rest = createHash('sha256')
		.update(JSON.stringify([execution, fresh]))
		.digest('hex');
	return `${planId}-${rest.slice(0, 16)}`;
}

/** More keys than this are not remembered; the oldest goes first. */
const MOST_KEYS = 10_000;

/**
 * Keys under which the vendor has said "done": sending one again would bring that answer back and
 * change nothing. So pause, resume, pause in one execution are three requests.
 */
export class SpentKeys {
	private readonly keys = new Set<string>();

	add(key: string): void {
		this.keys.add(key);
		const [oldest] = this.keys;
		if (this.keys.size > MOST_KEYS) this.keys.delete(oldest);
	}

	has(key: string): boolean {
		return this.keys.has(key);
	}
}

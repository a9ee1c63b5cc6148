import { createHash } from 'crypto';
import type { Answer } from '../../../sandbox/vendor/answer';
import { Declined, errorAnswer, Refused } from './answers';

interface Kept {
	fingerprint: string;
	/** Null while the first request is at work. */
	answer: Answer | null;
}

/**
 * Answers by idempotency key (docs.stripe.com, api/idempotent_requests [D]): the first one is kept,
 * errors and 500 too, once execution has begun; other fields under the same key are an error.
 */
export class IdempotencyKeys {
	private readonly kept = new Map<string, Kept>();

	/** The answer kept for the key; undefined where the request is to be executed. */
	answerFor(key: string, request: string): Answer | undefined {
		const kept = this.kept.get(key);
		if (kept === undefined) return undefined;
		if (kept.fingerprint !== fingerprintOf(request)) {
			return errorAnswer(400, {
				type: 'idempotency_error',
				message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'.`,
			});
		}
		if (kept.answer === null) {
			return errorAnswer(409, {
				code: 'idempotency_key_in_use',
				message: 'There is currently another in-progress request using this Idempotent Key.',
			});
		}
		const headers = { ...kept.answer.headers, 'idempotent-replayed': 'true' };
		return { ...kept.answer, headers };
	}

	/** Executes under the key. What is refused before execution begins is not kept. */
	execute(key: string, request: string, work: () => Answer): Answer {
		const { answer, begun } = outcomeOf(work);
		if (begun) this.keep(key, request, answer);
		return answer;
	}

	/** A request with this key is at work, and will be for as long as nothing is kept. */
	begin(key: string, request: string): void {
		this.kept.set(key, { fingerprint: fingerprintOf(request), answer: null });
	}

	keep(key: string, request: string, answer: Answer): void {
		this.kept.set(key, { fingerprint: fingerprintOf(request), answer });
	}

	/** As after 24 hours. */
	forget(): void {
		this.kept.clear();
	}
}

/** What a request comes to, and whether its execution had begun. */
export function outcomeOf(work: () => Answer): { answer: Answer; begun: boolean } {
	try {
		return { answer: work(), begun: true };
	} catch (error) {
		if (error instanceof Declined) return { answer: errorAnswer(400, error.words), begun: true };
		if (error instanceof Refused) {
			return { answer: errorAnswer(error.status, error.words), begun: false };
		}
		throw error;
	}
}

function fingerprintOf(request: string): string {
	return createHash('sha256').update(request).digest('hex');
}

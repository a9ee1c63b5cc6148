import type { Subscription } from './subscription';

export const SANDBOX_KEY = 'snd_open_sesame_7';

const DAY = 86_400_000;

/** The subscriptions that a stand-in begins with. */
export function story(now: Date): Subscription[] {
	const in20Days = new Date(now.getTime() + 20 * DAY);
	const fresh = (id: string, status: Subscription['status']): Subscription => ({
		id,
		status,
		shown: status,
		pausedAt: status === 'paused' ? new Date(now.getTime() - 5 * DAY) : null,
		nextBillingAt: in20Days,
		scheduled: null,
	});
	return [
		fresh('sub_abc123', 'active'),
		fresh('sub_trial', 'trial'),
		fresh('sub_paused', 'paused'),
		fresh('sub_unpaid', 'unpaid'),
		fresh('sub_cancelled', 'cancelled'),
		...Array.from({ length: 20 }, (_, i) => fresh(`sub_many_${i + 1}`, 'active')),
	];
}

import { monthly, quarterly, weekly, yearly } from '../vendor/billingCycle';
import type { PricePlan } from '../vendor/pricePlan';

const shortTerms = '<p>While your plan is paused you keep no member rates on bookings.</p>';
const deskTerms =
	'<h3>Pausing a dedicated desk</h3><ul><li>Your desk may be lent to somebody else.</li>' +
	'<li>The pause begins with your next billing cycle.</li>' +
	'<li>Resuming early may invoice a full cycle.</li></ul>';

function plan(id: number, name: string, price: number, more: Partial<PricePlan> = {}): PricePlan {
	return {
		id,
		name,
		price,
		cycle: monthly,
		canBePaused: true,
		pauseYearlyLimit: 3,
		pauseCyclesLimit: 6,
		prorateDaysBefore: 5,
		pauseTerms: shortTerms,
		...more,
	};
}

export const hotDesk = plan(9001, 'Hot Desk Monthly', 180);
export const dedicatedDesk = plan(9002, 'Dedicated Desk Monthly', 320, {
	pauseCyclesLimit: 3,
	pauseTerms: deskTerms,
});
export const meetingCredits = plan(9003, 'Meeting Room Credits Weekly', 45, {
	cycle: weekly,
	pauseCyclesLimit: 8,
});
export const virtualOffice = plan(9004, 'Virtual Office Yearly', 600, {
	cycle: yearly,
	canBePaused: false,
	pauseYearlyLimit: 0,
	pauseCyclesLimit: 0,
	pauseTerms: '',
});
export const privateOffice = plan(9005, 'Private Office Monthly', 950, { pauseTerms: deskTerms });
export const eveningDesk = plan(9006, 'Evening Desk Monthly', 95, { pauseYearlyLimit: 2 });
export const studio = plan(9007, 'Studio Monthly', 540);
export const locker = plan(9008, 'Locker Monthly', 20);
export const teamDesk = plan(9009, 'Team Desk Quarterly', 2400, {
	cycle: quarterly,
	pauseCyclesLimit: 2,
});

const pricePlans: readonly PricePlan[] = [
	hotDesk,
	dedicatedDesk,
	meetingCredits,
	virtualOffice,
	privateOffice,
	eveningDesk,
	studio,
	locker,
	teamDesk,
];

/** Throws an `Error` that lists the names when there is no such price plan. */
export function pricePlanNamed(name: string): PricePlan {
	const found = pricePlans.find((pricePlan) => pricePlan.name === name);
	if (found) return found;
	const names = pricePlans.map((pricePlan) => pricePlan.name).join(', ');
	throw new Error(`There is no price plan "${name}"; there are: ${names}`);
}

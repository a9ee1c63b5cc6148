import type { BillingCycle } from './billingCycle';

/**
 * A price plan ("tariff" in the vendor's data).
 * Whether its contracts can be paused, how often a year and for how many cycles at a time, is a
 * setting of the price plan: help.nexudus.com allowing-contract-freezing [D].
 */
export interface PricePlan {
	id: number;
	name: string;
	/** In the location's currency, per billing cycle. */
	price: number;
	cycle: BillingCycle;
	canBePaused: boolean;
	pauseYearlyLimit: number;
	pauseCyclesLimit: number;
	/** Days before the prorate day at which prorating starts. */
	prorateDaysBefore: number;
	/** HTML; whether the vendor answers HTML or text is not documented [?]. */
	pauseTerms: string;
}

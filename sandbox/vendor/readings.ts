/**
 * Where the vendor's documents are silent or disagree, the stand-in can behave in each of the
 * plausible ways. Every reading is switched on its own; the default comes first.
 */
export interface Readings {
	/** Whether a pause that has not begun shows in list, contract and meta [?]. */
	scheduledPause: 'visible' | 'hidden';
	/** What a pause of a contract that has one already does: 400 [D], or more cycles [?]. */
	secondPause: 'refused' | 'extends';
	/**
	 * What `immediate=false` means: the period's own end (developers.nexudus.com contract-resume [D])
	 * or the next billing cycle (help.nexudus.com resuming-plans-on-members-portal-5 [D]).
	 */
	resumeAtEnd: 'periodEnd' | 'nextCycle';
	/** developers.nexudus.com api-limitations says 409 [D], learn.nexudus.com sdk/error-handling 429 [D]. */
	throttleStatus: 409 | 429;
	/** `Contracts` was seen [O], `Records` is the general envelope [D], my-plans says array [D]. */
	listShape: 'Contracts' | 'Records' | 'array';
	/** Whether a row of the list has `CanBePausedNow` [?]. */
	listCarriesEligibility: boolean;
	/** "An empty body or a generic confirmation": learn.nexudus.com contract-pause [D]. */
	writeReply: 'empty' | 'confirmation' | '204';
	/** 400 in the documents [D]; 401 was seen on wrong credentials [O]. */
	tokenErrorStatus: 400 | 401;
	/** A bare object on the contract's page [D]; `Resource` in the general one [D]. */
	contractEnvelope: 'bare' | 'Resource';
	/** Validity that a member's session may be asked for: auth/exchange-jwt shows 1440 minutes [D]. */
	shortestSession: 'any' | 'documented';
	/** What an administrator's pause dates off the billing cycle do [?]: "always" first days of one [D]. */
	offCycleDates: 'rejected' | 'snapped' | 'accepted';
	/** Whether a second pause period may overlap one that is there [?]. */
	overlappingPeriods: 'refused' | 'accepted';
	/** `dir=1`: ascending (developers.nexudus.com [D]) or descending (its newer copy [D]). */
	sortDirection: 'oneAscends' | 'oneDescends';
	/** Rows of an admin list are partial [D]; what they lack is not documented [?]. */
	adminRows: 'partial' | 'keyFields' | 'full';
	/** Whether a filter named `{Entity}_{Property}` does something for every property [?]. */
	adminFilters: 'applied' | 'ignored';
	/** The most rows of one page, whatever `size` asks for [?]. */
	adminPageSize: 'asAsked' | 'atMost25';
	/** `…Local` fields were seen without a suffix and with a misleading `Z` [O]. */
	localDates: 'bare' | 'withZ';
	/** Whether `?id=[1,2]`, documented for contracts [D], exists for pause periods too [I]. */
	periodBatch: 'known' | 'unknown';
	/** `?id=[1,2]` of contracts: "the same structure" as one record, or "partial records": get-coworkercontracts-batch says both [D]. */
	contractBatch: 'whole' | 'rows';
}

/** Each reading's possible values, the default first. */
export const readingChoices: { [K in keyof Readings]: ReadonlyArray<Readings[K]> } = {
	scheduledPause: ['visible', 'hidden'],
	secondPause: ['refused', 'extends'],
	resumeAtEnd: ['periodEnd', 'nextCycle'],
	throttleStatus: [409, 429],
	listShape: ['Contracts', 'Records', 'array'],
	listCarriesEligibility: [true, false],
	writeReply: ['empty', 'confirmation', '204'],
	tokenErrorStatus: [400, 401],
	contractEnvelope: ['bare', 'Resource'],
	shortestSession: ['any', 'documented'],
	offCycleDates: ['rejected', 'snapped', 'accepted'],
	overlappingPeriods: ['refused', 'accepted'],
	sortDirection: ['oneAscends', 'oneDescends'],
	adminRows: ['partial', 'keyFields', 'full'],
	adminFilters: ['applied', 'ignored'],
	adminPageSize: ['asAsked', 'atMost25'],
	localDates: ['bare', 'withZ'],
	periodBatch: ['known', 'unknown'],
	contractBatch: ['whole', 'rows'],
};

export function defaultReadings(): Readings {
	return Object.fromEntries(
		Object.entries(readingChoices).map(([name, choices]) => [name, choices[0]]),
	) as unknown as Readings;
}

/**
 * Throws an `Error` that names the reading and its choices when one is unknown.
 */
export function checkReadings(wanted: Partial<Readings>): Partial<Readings> {
	for (const [name, value] of Object.entries(wanted)) {
		const choices: readonly unknown[] | undefined = readingChoices[name as keyof Readings];
		if (!choices) throw new Error(`There is no reading "${name}"`);
		if (!choices.includes(value)) {
			throw new Error(`Reading "${name}" can be ${choices.join(', ')}, not ${String(value)}`);
		}
	}
	return wanted;
}

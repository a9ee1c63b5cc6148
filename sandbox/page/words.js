/** What the stand-in's switches mean, in words. What is not here shows under its own name. */

export const readings = {
	scheduledPause: ['A scheduled pause is', { visible: 'shown', hidden: 'hidden until it begins' }],
	secondPause: ['A second pause is', { refused: 'refused', extends: 'added to the first' }],
	resumeAtEnd: [
		'Resume at end means',
		{ periodEnd: "the pause's own end", nextCycle: 'the next billing cycle' },
	],
	throttleStatus: ['Throttled by status', {}],
	listShape: ['The list comes as', { array: 'an array' }],
	listCarriesEligibility: ['Rows carry eligibility', { true: 'yes', false: 'no' }],
	writeReply: [
		'A write is answered by',
		{ empty: 'nothing', confirmation: 'a confirmation', 204: 'status 204' },
	],
	tokenErrorStatus: ['Sign-in errors by status', {}],
	contractEnvelope: ['A contract comes', { bare: 'as it is', Resource: 'inside Resource' }],
	shortestSession: ["A member's session lasts", { any: 'as asked', documented: 'as documented' }],
	offCycleDates: [
		'Pause dates off the cycle are',
		{ rejected: 'refused', snapped: 'moved to the cycle', accepted: 'taken' },
	],
	overlappingPeriods: ['Overlapping periods are', { refused: 'refused', accepted: 'taken' }],
	sortDirection: ['dir=1 sorts', { oneAscends: 'ascending', oneDescends: 'descending' }],
	adminRows: [
		'Rows of admin lists hold',
		{ partial: 'a part', keyFields: 'key fields', full: 'everything' },
	],
	adminFilters: ['Admin filters are', { applied: 'applied', ignored: 'ignored' }],
	adminPageSize: ['Admin pages hold', { asAsked: 'as many as asked', atMost25: '25 at the most' }],
	localDates: ['Local dates come', { bare: 'bare', withZ: 'with a Z' }],
	periodBatch: ['Several periods by ID', { known: 'work', unknown: 'do not work' }],
};

/** What a fault does, and with what it is ordered unless told otherwise. */
export const faults = {
	refuse: { text: 'The connection is closed without a word. Nothing is done.' },
	thenRefuse: { text: 'Answered as usual, then nothing listens for a while.', ms: 3000 },
	resetBeforeCommit: { text: 'The connection is reset. Nothing is done.' },
	resetAfterCommit: { text: 'It is done, then the connection is reset.' },
	stall: { text: 'Nothing is ever said.', commit: true },
	drip: { text: 'It is done; the reply comes one byte at a time and never ends.', ms: 200 },
	halfBody: { text: 'It is done; half of the reply comes, then the connection is closed.' },
	redirect: { text: 'A redirect to the login page. Nothing is done.', status: 302 },
	status: { text: 'This status with an empty body.', status: 503, commit: true },
	html: { text: 'A web page instead of JSON.', status: 200, commit: true },
	delay: { text: 'Nothing happens for a while, then everything as usual.', ms: 3000 },
	slowButOk: { text: 'It is done at once and answered after a while.', ms: 3000 },
	wasSuccessfulFalse: { text: 'Status 200 that says it was not successful. Nothing is done.' },
	badJson: { text: 'Status 200 with broken JSON.', commit: true },
};

export const operations = {
	pause: 'Pause',
	resumeNow: 'Resume now',
	resumeAtEnd: 'Resume at end of pause period',
	createPeriod: 'Administrator: pause period created',
	updatePeriod: 'Administrator: pause period changed',
	deletePeriod: 'Administrator: pause period deleted',
};

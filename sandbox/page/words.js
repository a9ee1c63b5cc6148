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
	contractBatch: ['Several contracts by ID come', { whole: 'whole', rows: 'as rows of a list' }],
};

/** What a fault is called, what it does, and with what it is ordered unless told otherwise. */
export const faults = {
	refuse: {
		name: 'Connection closed at once',
		text: 'The connection is closed without a word. Nothing is done.',
	},
	thenRefuse: {
		name: 'Nobody listens afterwards',
		text: 'Answered as usual, then nothing listens for a while.',
		ms: 3000,
	},
	resetBeforeCommit: {
		name: 'Reset before it is done',
		text: 'The connection is reset. Nothing is done.',
	},
	resetAfterCommit: {
		name: 'Reset after it is done',
		text: 'It is done, then the connection is reset.',
	},
	stall: { name: 'No answer at all', text: 'Nothing is ever said.', commit: true },
	drip: {
		name: 'Answer in drips',
		text: 'It is done; the reply comes one byte at a time and never ends.',
		ms: 200,
	},
	halfBody: {
		name: 'Half an answer',
		text: 'It is done; half of the reply comes, then the connection is closed.',
	},
	redirect: {
		name: 'Redirect',
		text: 'A redirect to the login page. Nothing is done.',
		status: 302,
	},
	status: {
		name: 'Another status',
		text: 'This status with an empty body.',
		status: 503,
		commit: true,
	},
	html: {
		name: 'Web page instead of JSON',
		text: 'A web page instead of JSON.',
		status: 200,
		commit: true,
	},
	delay: {
		name: 'Done late, answered late',
		text: 'Nothing happens for a while, then everything as usual.',
		ms: 3000,
	},
	slowButOk: {
		name: 'Done at once, answered late',
		text: 'It is done at once and answered after a while.',
		ms: 3000,
	},
	wasSuccessfulFalse: {
		name: '200 that says it failed',
		text: 'Status 200 that says it was not successful. Nothing is done.',
	},
	badJson: { name: 'Broken JSON', text: 'Status 200 with broken JSON.', commit: true },
};

/** What a fault may strike. */
export const routes = {
	any: 'Any request',
	token: 'Sign-in',
	profiles: 'Who is signed in',
	list: 'List of contracts',
	contract: 'Contract',
	meta: 'Pause limits and terms',
	bookings: 'Preview of bookings',
	pause: 'Pause',
	resume: 'Resume',
	impersonate: 'Operator: act for a member',
	exchange: "Operator: member's session",
	coworkers: 'Operator: list of members',
	periodList: 'Operator: list of pause periods',
	periodBatch: 'Operator: several pause periods',
	period: 'Operator: pause period',
	createPeriod: 'Operator: create pause period',
	updatePeriod: 'Operator: change pause period',
	deletePeriod: 'Operator: delete pause period',
	adminContractList: 'Operator: list of contracts',
	adminContractBatch: 'Operator: several contracts',
	adminContract: 'Operator: contract',
	business: 'Operator: location',
};

export const operations = {
	pause: 'Pause',
	resumeNow: 'Resume now',
	resumeAtEnd: 'Resume at end of pause period',
	createPeriod: 'Operator: pause period created',
	updatePeriod: 'Operator: pause period changed',
	deletePeriod: 'Operator: pause period deleted',
};

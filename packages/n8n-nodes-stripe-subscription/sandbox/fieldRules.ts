import { Refused } from './answers';
import type { Field, Fields } from './formFields';

/** What may be in a body: a list of values, `unixTime`, `list`, `text`, or an object of such. */
export type Rule = readonly string[] | 'unixTime' | 'list' | 'text' | { [name: string]: Rule };

const RESUME_DAHLIA: Record<string, Rule> = {
	billing_cycle_anchor: ['now', 'unchanged'],
	proration_behavior: ['always_invoice', 'create_prorations', 'none'],
	proration_date: 'unixTime',
	expand: 'list',
};

/** What the endpoints take (stripe/openapi, latest/openapi.spec3.json, 2026-09-30.endive; resume also in its dahlia form [D]). */
export const BODIES = {
	pause: {
		type: ['subscription'],
		bill_for: {
			outstanding_usage_through: { type: ['none', 'now'] },
			unused_time_from: { type: ['item_current_period_start', 'none', 'now'] },
		},
		invoicing_behavior: ['invoice', 'pending_invoice_item'],
		expand: 'list',
	},
	resume: {
		...RESUME_DAHLIA,
		billing_cycle_anchor: { type: ['now', 'unchanged'] },
		payment_behavior: ['resume_on_payment_attempt', 'resume_on_payment_success'],
	},
	resumeDahlia: RESUME_DAHLIA,
	update: {
		pause_collection: {
			behavior: ['keep_as_draft', 'mark_uncollectible', 'void'],
			resumes_at: 'unixTime',
		},
		expand: 'list',
	},
	preview: {
		subscription: 'text',
		subscription_details: {
			resume_at: ['now'],
			billing_cycle_anchor: { type: ['now', 'unchanged', 'timestamp'] },
			proration_behavior: ['always_invoice', 'create_prorations', 'none'],
			proration_date: 'unixTime',
		},
	},
	previewDahlia: {
		subscription: 'text',
		subscription_details: {
			resume_at: ['now'],
			billing_cycle_anchor: ['now', 'unchanged'],
			proration_behavior: ['always_invoice', 'create_prorations', 'none'],
			proration_date: 'unixTime',
		},
	},
} satisfies Record<string, Record<string, Rule>>;

/** Throws Refused for a field that is unknown, or has a value of the wrong kind. */
export function checkFields(fields: Fields, rules: Record<string, Rule>, inside = ''): void {
	for (const [name, value] of Object.entries(fields)) {
		const param = inside === '' ? name : `${inside}[${name}]`;
		const rule = rules[name];
		if (rule === undefined) {
			throw new Refused(400, {
				code: 'parameter_unknown',
				param,
				message: `Received unknown parameter: ${param}`,
			});
		}
		checkField(value, rule, param);
	}
}

function checkField(value: Field, rule: Rule, param: string): void {
	const invalid = (message: string) => new Refused(400, { param, message });
	if (rule === 'list') {
		if (!Array.isArray(value)) throw invalid('Invalid array');
	} else if (rule === 'unixTime') {
		if (typeof value !== 'string' || !/^\d{1,11}$/.test(value)) {
			throw new Refused(400, {
				code: 'parameter_invalid_integer',
				param,
				message: `Invalid integer: ${String(value)}`,
			});
		}
	} else if (rule === 'text') {
		if (typeof value !== 'string' || value === '') throw invalid('Invalid string');
	} else if (isValues(rule)) {
		if (typeof value !== 'string') throw invalid('Invalid string: {:type=>"now"}');
		if (!rule.includes(value)) {
			throw invalid(`Invalid ${param}: must be one of ${rule.join(', ')}`);
		}
	} else {
		// An empty text clears an object where that is allowed.
		if (value === '' && param === 'pause_collection') return;
		if (typeof value === 'string' || Array.isArray(value)) throw invalid('Invalid object');
		checkFields(value, rule, param);
	}
}

function isValues(rule: Rule): rule is readonly string[] {
	return Array.isArray(rule);
}

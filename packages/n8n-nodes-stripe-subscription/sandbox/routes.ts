import { json, type Answer } from '../../../sandbox/vendor/answer';
import { Refused } from './answers';
import type { StripeWrite } from './createStripeSandbox';
import { BODIES, checkFields } from './fieldRules';
import { nestedFields, type Fields } from './formFields';
import { previewRecord, subscriptionRecord } from './records';
import { letTimePass, pause, resume, setCollection, type Subscription } from './subscription';

/** What a request is about; faults are ordered by these names. */
export type RouteKind = 'list' | 'subscription' | 'pause' | 'resume' | 'update' | 'preview';

export interface Route {
	kind: RouteKind;
	subscription: string;
}

export interface Asked {
	subscriptions: Map<string, Subscription>;
	/** Unix seconds. */
	now: number;
	query: Record<string, string>;
	fields: Record<string, string>;
	/** `Stripe-Version`; without it the account's default, which is the newest here. */
	version: string | null;
	mayReadInvoices: boolean;
	committed(operation: StripeWrite['operation'], subscription: string): void;
}

/** The endpoint that a request is for; undefined where there is none. */
export function routeOf(method: string, path: string): Route | undefined {
	const [, id = '', action] = /^\/v1\/subscriptions\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
	const route = (kind: RouteKind): Route => ({ kind, subscription: id });
	if (method === 'GET') {
		if (path === '/v1/subscriptions') return route('list');
		return id !== '' && action === undefined ? route('subscription') : undefined;
	}
	if (method !== 'POST') return undefined;
	if (path === '/v1/invoices/create_preview') return route('preview');
	if (id === '') return undefined;
	if (action === undefined) return route('update');
	return action === 'pause' || action === 'resume' ? route(action) : undefined;
}

/** Since endive there is the pause call, the anchor as an object and `payment_behavior` [D]. */
function knowsPausing(version: string | null): boolean {
	return version === null || version >= '2026-09-30';
}

/** Carries a request out. Throws Refused before anything is changed. */
export function answerTo({ kind, subscription: id }: Route, asked: Asked): Answer {
	const { now, subscriptions } = asked;
	const newForm = knowsPausing(asked.version);
	if (kind === 'list') {
		const data = [...subscriptions.values()].slice(0, Number(asked.query.limit ?? 10));
		return json(200, {
			object: 'list',
			data: data.map((one) => subscriptionRecord(one, [], newForm)),
			has_more: data.length < subscriptions.size,
			url: '/v1/subscriptions',
		});
	}
	if (kind === 'pause' && !newForm) {
		throw new Refused(404, {
			message: `Unrecognized request URL (POST: /v1/subscriptions/${id}/pause).`,
		});
	}
	const fields = nestedFields(asked.fields);
	if (kind === 'preview') return previewOf(fields, asked, newForm);

	const subscription = found(subscriptions, id, 'id');
	const expand = expandOf(kind === 'subscription' ? nestedFields(asked.query) : fields);
	if (!asked.mayReadInvoices && expand.some((field) => field.startsWith('latest_invoice'))) {
		throw new Refused(403, {
			message:
				"The provided key 'rk_test_*******ices' does not have the required permissions for this endpoint. Having the 'rak_invoice_read' permission would allow this request to continue.",
		});
	}
	letTimePass(subscription, now);
	switch (kind) {
		case 'pause':
			checkFields(fields, BODIES.pause);
			pause(subscription, fields, now);
			asked.committed('pause', id);
			break;
		case 'resume':
			checkFields(fields, newForm ? BODIES.resume : BODIES.resumeDahlia);
			resume(subscription, fields, now);
			asked.committed('resume', id);
			break;
		case 'update':
			checkFields(fields, BODIES.update);
			setCollection(subscription, fields);
			asked.committed(subscription.collection ? 'pauseCollection' : 'resumeCollection', id);
			break;
	}
	return json(200, subscriptionRecord(subscription, expand, newForm));
}

function previewOf(fields: Fields, { subscriptions, now }: Asked, newForm: boolean): Answer {
	checkFields(fields, newForm ? BODIES.preview : BODIES.previewDahlia);
	const subscription = found(subscriptions, String(fields.subscription), 'subscription');
	if (subscription.status !== 'paused') {
		throw new Refused(400, {
			code: 'invoice_upcoming_none',
			message: 'No upcoming invoices: the subscription is not paused.',
		});
	}
	return json(200, previewRecord(subscription, fields.subscription_details as Fields, now));
}

function found(subscriptions: Map<string, Subscription>, id: string, param: string): Subscription {
	const subscription = subscriptions.get(id);
	if (subscription) return subscription;
	throw new Refused(404, {
		code: 'resource_missing',
		param,
		message: `No such subscription: '${id}'`,
	});
}

function expandOf({ expand }: Fields): string[] {
	return Array.isArray(expand)
		? expand.filter((field): field is string => typeof field === 'string')
		: [];
}

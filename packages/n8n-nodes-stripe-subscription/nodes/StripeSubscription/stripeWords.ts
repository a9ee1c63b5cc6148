import type { AnsweredReply } from '../../../../guarded-change/readWell';
import type { FailureText, VendorWords } from '../../../../n8n/failureText';
import { replyInWords } from '../../../../n8n/vendorReply';
import { stripeError, type StripeError } from './stripeAnswer';

/** Stripe's replies in words, with a way out for each. */
export const stripeWords: VendorWords = {
	vendor: 'Stripe',
	whereToLook:
		"look at the subscription's status and events in the Stripe Dashboard, or run 'Get'.",
	foreignAnswer: "Check 'API URL' in the credential: it must be the address of Stripe's API.",
	reply: (reply) => {
		const error = stripeError(reply);
		const quoted = error.message === null ? '' : ` ("${error.message}")`;
		return replyInWords(reply, `${quoted}${marks(error)}`);
	},
	refused: (reply) => refusedText(reply),
	unauthorized: (reply) => {
		const error = stripeError(reply);
		return {
			code: 'http401',
			message: `Stripe does not accept the key (status 401)${marks(error)}`,
			description: `${said(error)}Open the credential and enter a key of the account that is not expired or deleted.`,
		};
	},
};

/** What Stripe's support asks for: (type …, code …, param …, request …). */
function marks({ type, code, declineCode, param, requestId }: StripeError): string {
	const parts = [
		type && `type ${type}`,
		code && `code ${code}`,
		declineCode && `decline code ${declineCode}`,
		param && `param ${param}`,
		requestId && `request ${requestId}`,
	].filter((part) => part);
	return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function said({ message }: StripeError): string {
	return message === null ? '' : `Stripe said: "${message}" `;
}

function refusedText(reply: AnsweredReply): FailureText {
	const { status } = reply;
	const error = stripeError(reply);
	const text = error.message === null ? `status ${status}, without a reason` : error.message;
	return {
		code: error.code ?? error.type ?? `http${status}`,
		message:
			status >= 300 && status < 400
				? `Stripe answered with a redirect (status ${status}), which is not followed`
				: `Stripe refused: ${text}${marks(error)}`,
		description: wayOut(status, error),
	};
}

function wayOut(status: number, { type, code }: StripeError): string {
	if (status >= 300 && status < 400) {
		return "Check 'API URL' in the credential: it must be the address of Stripe's API.";
	}
	if (status === 404 || code === 'resource_missing') {
		return 'Check the ID. A test key sees test subscriptions only, a live key live ones, and each account only its own.';
	}
	if (status === 403) {
		return 'The key lacks a permission. A restricted key needs write access to subscriptions and read access to invoices.';
	}
	if (status === 402 || type === 'card_error') {
		return "The payment did not go through. Mend the customer's payment method, then resume again.";
	}
	if (type === 'idempotency_error') {
		return 'The same key was used with other fields in the last 24 hours. Run the workflow again: a new execution has a new key.';
	}
	if (code === 'parameter_unknown') {
		return "A field is not known in this version of Stripe's API. Check 'API Version' in the credential.";
	}
	if (status === 429 || code === 'rate_limit') {
		return 'Too many requests reach this account. Run the workflow again later.';
	}
	return "'Get' shows what state the subscription is in now.";
}

import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import { parseOrigin } from '../../../n8n/originUrl';
import { parseApiVersion } from './apiVersion';

export const STRIPE_URL = 'https://api.stripe.com';

/** The credential, checked. */
export interface StripeAccount {
	/** Origin of the API, without a slash at the end. */
	apiUrl: string;
	secretKey: string;
	/** Sent as `Stripe-Version` with every request. */
	apiVersion: string;
}

/**
 * Reads the credential.
 * @throws UserError that says which field is wrong; it never quotes the key
 */
export function stripeAccount(credential: ICredentialDataDecryptedObject): StripeAccount {
	return {
		apiUrl: parseOrigin(credential.apiUrl, 'API URL', `Enter ${STRIPE_URL}`),
		secretKey: secretKey(credential.secretKey),
		apiVersion: parseApiVersion(credential.apiVersion),
	};
}

function secretKey(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^(sk|rk)_\w+$/.test(text)) return text;
	const what = /^pk_/.test(text)
		? 'is a publishable key, which cannot change a subscription'
		: 'is no key of Stripe';
	throw new UserError(
		`'Secret Key' ${what}. Enter a secret key (sk_…) or a restricted key (rk_…) from the Stripe Dashboard`,
	);
}

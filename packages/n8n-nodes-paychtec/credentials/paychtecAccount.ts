import { UserError, type IDataObject } from 'n8n-workflow';
import { parseOrigin } from '../../../n8n/originUrl';

/** Messages that begin so come from the credential: no request was sent. */
export const CREDENTIAL_PREFIX = 'Paychtec credential: ';

/** Where requests go, and in whose name. The API key is not in it. */
export interface PaychtecAccount {
	/** Origin of the API, without trailing slash. */
	baseUrl: string;
	profileId: string;
}

/** Hosts and key prefixes (docs.v2.paychtec.com, INTEGRATION_API [D]). */
const ENVIRONMENTS = {
	sandbox: { baseUrl: 'https://api.sandbox.paychtec.com', keyPrefix: 'snd_' },
	production: { baseUrl: 'https://api.v2.paychtec.com', keyPrefix: 'prd_' },
} as const;

type Environment = keyof typeof ENVIRONMENTS;

/**
 * The account of a credential's fields.
 * @throws UserError for a key of the other environment, an address or a value that cannot be used;
 * the message never holds the key
 */
export function paychtecAccount(credential: IDataObject): PaychtecAccount {
	const { apiKey } = paychtecHeaders(credential);
	const profileId = headerText(credential.profileId, 'Profile ID');
	const { environment } = credential;
	if (environment === 'custom') {
		const baseUrl = parseOrigin(
			credential.baseUrl,
			'Base URL',
			`Enter an address such as ${ENVIRONMENTS.sandbox.baseUrl}`,
		);
		const known = environmentAt(baseUrl);
		if (known !== undefined) refuseForeignKey(apiKey, known, `'Base URL' is the ${known} address`);
		return { baseUrl, profileId };
	}
	if (environment !== 'sandbox' && environment !== 'production') {
		throw new UserError(
			`${CREDENTIAL_PREFIX}'Environment' must be sandbox, production or custom. Nothing was sent.`,
		);
	}
	refuseForeignKey(apiKey, environment, `'Environment' is ${environment}`);
	return { baseUrl: ENVIRONMENTS[environment].baseUrl, profileId };
}

/**
 * What every request carries (docs.v2.paychtec.com, subscriptions/resume [D]).
 * @throws UserError where a value cannot be a header
 */
export function paychtecHeaders(credential: IDataObject): { apiKey: string; profileId: string } {
	return {
		apiKey: headerText(credential.apiKey, 'API Key'),
		profileId: headerText(credential.profileId, 'Profile ID'),
	};
}

/** The environment whose host a custom address names, also with another port or a dot at its end. */
function environmentAt(baseUrl: string): Environment | undefined {
	const host = (address: string) => new URL(address).hostname.replace(/\.$/, '');
	return (['sandbox', 'production'] as const).find(
		(name) => host(ENVIRONMENTS[name].baseUrl) === host(baseUrl),
	);
}

function refuseForeignKey(apiKey: string, environment: Environment, because: string): void {
	const other: Environment = environment === 'sandbox' ? 'production' : 'sandbox';
	if (!apiKey.startsWith(ENVIRONMENTS[other].keyPrefix)) return;
	throw new UserError(
		`${CREDENTIAL_PREFIX}'API Key' is a ${other} key (${ENVIRONMENTS[other].keyPrefix}…), and ${because}. Nothing was sent.`,
	);
}

function headerText(value: unknown, field: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^[\x21-\x7e]{1,500}$/.test(text)) return text;
	throw new UserError(
		`${CREDENTIAL_PREFIX}'${field}' is empty, or holds spaces or signs that no header can carry. Nothing was sent.`,
	);
}

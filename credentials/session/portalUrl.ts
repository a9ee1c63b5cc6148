import { parseOrigin } from '../../n8n/originUrl';

const WHAT_TO_ENTER =
	"Enter the address of the space's portal alone, e.g. https://myspace.spaces.nexudus.com";

/**
 * Reads the field 'Portal URL'. Every location has a host of its own,
 * `https://{space}.spaces.nexudus.com` (learn.nexudus.com, api/overview [D]).
 *
 * @returns the origin (scheme, host, port), without a slash at the end
 * @throws UserError that says what is wrong and what to enter
 */
export function parsePortalUrl(value: unknown): string {
	return parseOrigin(value, 'Portal URL', WHAT_TO_ENTER);
}

import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { customerLogin } from './customerLogin';
import { sealSession } from './sessionSeal';
import { signInOnce } from './signInOnce';

/**
 * Signs in for n8n's credential hook.
 *
 * @returns the field that n8n stores; nothing when the user gave an access token
 * @throws what `signIn` throws
 */
export async function renewSession(
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	if (customerLogin(credential).signInWith === 'accessToken') return {};
	return { sessionToken: sealSession(credential, await signInOnce(helpers, credential)) };
}

import type { IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import type { Login } from './login';
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
	login: Login,
): Promise<IDataObject> {
	if (login.signInWith === 'accessToken') return {};
	return { sessionToken: sealSession(login, await signInOnce(helpers, login)) };
}

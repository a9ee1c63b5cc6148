import { randomBytes } from 'crypto';
import type { Account } from '../vendor/accounts';
import { json, type Answer } from '../vendor/answer';
import type { VendorRequest } from '../vendor/request';
import type { World } from '../vendor/world';
import type { Admin } from './admins';
import { notFound } from './answers';

/** "Short-lived": impersonation-token [D]; how long is not stated [?]. */
const tokenSeconds = 300;
/** The value in the documents' example: auth/exchange-jwt [D]. */
const documentedMinutes = 1440;

function customerNumbered(world: World, coworkerId: number): Account | undefined {
	for (const account of world.accounts.values()) {
		if (account.profiles.some(({ id }) => id === coworkerId)) return account;
	}
	return undefined;
}

/** `GET /api/sys/users/impersonate?coworkerId=`: system/impersonation-token [D]. */
export function impersonate(world: World, request: VendorRequest, admin: Admin): Answer {
	const coworkerId = Number(request.query.get('coworkerId') ?? Number.NaN);
	const account = customerNumbered(world, coworkerId);
	if (!account) return notFound('Customer');
	const part = () => randomBytes(18).toString('base64url');
	const token = `${part()}.${part()}.${part()}`;
	world.sessions.given.push(token);
	world.impersonations.set(token, {
		coworkerId,
		email: account.email,
		operator: admin.email,
		expires: world.clock.now().getTime() + tokenSeconds * 1000,
	});
	return json(200, { token });
}

/**
 * `POST /api/sys/users/exchange?token=&validForInMinutes=`: auth/exchange-jwt [D]. The bearer is in
 * `token`. That a token works once only is not documented [?]; the stricter reading is taken.
 */
export function exchange(world: World, request: VendorRequest): Answer {
	const { query, headers } = request;
	const minutes = Number(query.get('validForInMinutes') ?? Number.NaN);
	const token = query.get('token');
	const shortest = world.readings.shortestSession === 'documented' ? documentedMinutes : 1;
	if (!token || !Number.isInteger(minutes) || minutes < shortest) {
		return json(400, { Message: 'The request is invalid.' });
	}
	const known = world.impersonations.get(token);
	world.impersonations.delete(token);
	if (!known || known.expires <= world.clock.now().getTime()) {
		return json(world.readings.tokenErrorStatus, { Message: 'The token is not valid.' });
	}
	const { email, coworkerId, operator } = known;
	const client = typeof headers.client_id === 'string' ? headers.client_id : email;
	const issued = world.sessions.issue(email, {
		clientId: client,
		now: world.clock.now(),
		seconds: minutes * 60,
		actor: { operator, coworkerId, client },
	});
	return json(200, {
		token: issued.accessToken,
		token_type: 'bearer',
		expires_in: minutes * 60,
		refresh_token: issued.refreshToken,
	});
}

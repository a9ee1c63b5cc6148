import { json, type Answer } from '../vendor/answer';
import { sessionOf, unauthorized } from '../vendor/request';
import type { VendorRequest } from '../vendor/request';
import type { World } from '../vendor/world';
import { may, type Admin } from './admins';

/** The administrator that a request comes from; a customer's bearer is none. */
function adminOf(world: World, request: VendorRequest): Admin | undefined {
	const email = sessionOf(world, request)?.email;
	return email === undefined ? undefined : world.admins.get(email);
}

/** Whoever is not signed in as an administrator with this role gets 401: rest-api/authentication [D]. */
export function forAdmin(
	role: string,
	answer: (world: World, request: VendorRequest, admin: Admin) => Answer,
): (world: World, request: VendorRequest) => Answer {
	return (world, request) => {
		const admin = adminOf(world, request);
		return admin && may(admin, role) ? answer(world, request, admin) : unauthorized(request);
	};
}

export function notFound(what: string): Answer {
	return json(404, { Message: `${what} not found.` });
}

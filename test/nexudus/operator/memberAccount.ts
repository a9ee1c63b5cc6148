import type { Account } from '../../../sandbox/vendor/accounts';

/** A member of the stand-in who has one profile. */
export function memberAccount(id: number, coworkerId: number, email: string): Account {
	const fullName = `Member ${coworkerId}`;
	return {
		id,
		email,
		password: 'not-known-to-the-operator',
		fullName,
		registeredHere: true,
		profiles: [{ id: coworkerId, fullName, companyName: null, isDefault: true, coworkerType: 1 }],
	};
}

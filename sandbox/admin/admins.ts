/** An administrator of the network, who is no customer of a location. */
export interface Admin {
	id: number;
	email: string;
	password: string;
	fullName: string;
	/** Base32 secret of the authenticator, when two-factor sign-in is on. */
	twoFactorSecret?: string;
	mustResetPassword?: boolean;
	/** A full unrestricted administrator, or what one may do: developers.nexudus.com rest-api [D]. */
	roles: 'all' | readonly string[];
}

/** What an administrator must have to act for a customer; the vendor's name for it is not known [?]. */
export const actForCustomers = 'Coworker-Impersonate';

export function may({ roles }: Admin, role: string): boolean {
	return roles === 'all' || roles.includes(role);
}

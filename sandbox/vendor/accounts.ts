/** A customer profile of a login. developers.nexudus.com list-profiles [D]. */
export interface Profile {
	id: number;
	fullName: string;
	companyName: string | null;
	isDefault: boolean;
	/** 1 a person, 2 a company. */
	coworkerType: 1 | 2;
}

/** A login at the portal. */
export interface Account {
	id: number;
	email: string;
	password: string;
	fullName: string;
	/** Base32 secret of the authenticator, when two-factor sign-in is on. */
	twoFactorSecret?: string;
	mustResetPassword?: boolean;
	/** False for a user of the vendor who is no customer of this location. */
	registeredHere: boolean;
	profiles: Profile[];
}

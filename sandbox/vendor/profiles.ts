import type { Account } from './accounts';
import { location } from './location';

/**
 * `GET /api/public/coworkers/profiles`. The reply carries the caller's own bearer as
 * `User.AccessToken`: developers.nexudus.com list-profiles [D].
 */
export function profilesRecord(account: Account, accessToken: string): Record<string, unknown> {
	return {
		User: {
			Id: account.id,
			FullName: account.fullName,
			Email: account.email,
			Active: true,
			IsAdmin: false,
			AccessToken: accessToken,
		},
		DefaultBusiness: {
			Id: location.id,
			Name: location.name,
			WebAddress: location.webAddress,
		},
		Profiles: account.profiles.map((profile) => ({
			Id: profile.id,
			FullName: profile.fullName,
			CompanyName: profile.companyName,
			Active: true,
			IsDefaultProfile: profile.isDefault,
			CoworkerType: profile.coworkerType,
			HasVirtualOffice: false,
			VirtualOfficePaused: false,
			VirtualOfficeContractId: null,
		})),
	};
}

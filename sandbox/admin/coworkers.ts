import type { Account, Profile } from '../vendor/accounts';
import { json, type Answer } from '../vendor/answer';
import { listEnvelope, pagingOf } from '../vendor/list';
import { location } from '../vendor/location';
import type { VendorRequest } from '../vendor/request';
import type { World } from '../vendor/world';

function record(account: Account, profile: Profile): Record<string, unknown> {
	return {
		Id: profile.id,
		FullName: profile.fullName,
		CompanyName: profile.companyName,
		Email: account.email,
		CoworkerType: profile.coworkerType,
		Active: true,
		InvoicingBusinessId: location.id,
		InvoicingBusinessName: location.name,
	};
}

/** Filters `Coworker_{Property}`, found in use in any case [O]; that text is matched in part [I]. */
function matches(row: Record<string, unknown>, query: URLSearchParams): boolean {
	for (const [name, wanted] of query) {
		const property = /^coworker_(\w+)$/i.exec(name)?.[1]?.toLowerCase();
		if (property === undefined || wanted === '') continue;
		const own = Object.entries(row).find(([key]) => key.toLowerCase() === property)?.[1];
		if (
			!String(own ?? '')
				.toLowerCase()
				.includes(wanted.toLowerCase())
		)
			return false;
	}
	return true;
}

/** `GET /api/spaces/coworkers`: get-coworkers [D]; always in pages. */
export function coworkers(world: World, { query }: VendorRequest): Answer {
	const rows = [...world.accounts.values()]
		.flatMap((account) => account.profiles.map((profile) => record(account, profile)))
		.filter((row) => matches(row, query));
	const paging = pagingOf(query) ?? { page: 1, size: 25 };
	return json(
		200,
		listEnvelope(rows, 'Records', (row) => row, paging),
	);
}

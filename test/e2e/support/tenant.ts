import { createSandbox, type Sandbox } from '../../../sandbox/createSandbox';
import { virtualOffice } from '../../../sandbox/seeds/pricePlans';
import type { ContractSeed } from '../../../sandbox/seeds/seed';
import { manyContracts } from '../../../sandbox/seeds/story';
import { Sessions } from '../../../sandbox/vendor/sessions';
import type { ThrottleLimits } from '../../../sandbox/vendor/throttle';

/** A member whose password looks different plain, URL-encoded, form-encoded and in base64. */
export const NORA = { email: 'nora@example.test', password: 'Käse & Brot/7 = 100% +gut+' };

/** Nora as an operator knows her. */
export const NORAS_PROFILE = 15_100;

/** A contract of Nora's that its price plan does not let pause. */
export const NOT_PAUSABLE = 940_001;

export interface Tenant {
	sandbox: Sandbox;
	/** Every access and refresh token that was given out, by a name. */
	tokens: Map<string, string>;
	close(): Promise<void>;
}

/** The stand-in with Nora's contracts, remembering the tokens it gives out. */
export async function openTenant(throttle?: Partial<ThrottleLimits>): Promise<Tenant> {
	const tokens = new Map<string, string>();
	const give = Sessions.prototype.issue;
	const spy = jest.spyOn(Sessions.prototype, 'issue').mockImplementation(function (
		this: Sessions,
		...args
	) {
		const issued = give.apply(this, args);
		const number = tokens.size / 2 + 1;
		tokens.set(`access token ${number}`, issued.accessToken);
		tokens.set(`refresh token ${number}`, issued.refreshToken);
		return issued;
	});
	const sandbox = await createSandbox({ throttle });
	sandbox.addAccounts([
		{
			...NORA,
			id: 5100,
			fullName: 'Nora Berg',
			registeredHere: true,
			profiles: [
				{
					id: NORAS_PROFILE,
					fullName: 'Nora Berg',
					companyName: null,
					isDefault: true,
					coworkerType: 1,
				},
			],
		},
	]);
	sandbox.addContracts(NORA.email, [{ id: NOT_PAUSABLE, pricePlan: virtualOffice }]);
	return {
		sandbox,
		tokens,
		async close() {
			spy.mockRestore();
			await sandbox.close();
		},
	};
}

let nextContract = 1_000_001;

/** New pausable contracts of Nora's, of another price plan or cycle where told; their ids. */
export function newContracts(
	{ sandbox }: Pick<Tenant, 'sandbox'>,
	count: number,
	more: Omit<Partial<ContractSeed>, 'id'> = {},
): number[] {
	const seeds = manyContracts(count, nextContract).map((seed) => ({ ...seed, ...more }));
	nextContract += count;
	sandbox.addContracts(NORA.email, seeds);
	return seeds.map(({ id }) => id);
}

/** How often each contract was changed at the vendor, in the order of the ids given. */
export function changesOf(sandbox: Sandbox, ids: readonly number[]): number[] {
	const count = new Map(ids.map((id) => [id, 0]));
	for (const { contractId } of sandbox.committed) {
		if (count.has(contractId)) count.set(contractId, (count.get(contractId) ?? 0) + 1);
	}
	return [...count.values()];
}

import { actForCustomers, type Admin } from '../admin/admins';
import type { Account } from '../vendor/accounts';
import type { Booking } from '../vendor/bookings';
import { localDate, startOfDay, type LocalDate } from '../vendor/location';
import * as plans from './pricePlans';
import { placeContracts, type ContractSeed, type Seed } from './seed';

export const storyPassword = 'open-sesame-7';

function login(id: number, email: string, fullName: string, more: Partial<Account> = {}): Account {
	return {
		id,
		email,
		password: storyPassword,
		fullName,
		registeredHere: true,
		profiles: [{ id: id + 10_000, fullName, companyName: null, isDefault: true, coworkerType: 1 }],
		...more,
	};
}

function storyAccounts(): Account[] {
	return [
		login(5001, 'maria@example.test', 'Maria Sol'),
		login(5002, 'tom@example.test', 'Tom Weber', {
			profiles: [
				{ id: 15_002, fullName: 'Tom Weber', companyName: null, isDefault: true, coworkerType: 1 },
				{
					id: 15_102,
					fullName: 'Weber Drafting',
					companyName: 'Weber Drafting Ltd',
					isDefault: false,
					coworkerType: 2,
				},
			],
		}),
		login(5003, 'otto@example.test', 'Otto Lind', {
			twoFactorSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
		}),
		login(5004, 'rita@example.test', 'Rita Faro', { mustResetPassword: true }),
		login(5005, 'elsa@example.test', 'Elsa Brandt', { registeredHere: false, profiles: [] }),
	];
}

const storyAdmins: Admin[] = [
	{
		id: 90,
		email: 'olga@example.test',
		password: storyPassword,
		fullName: 'Olga Prat',
		roles: 'all',
	},
	{
		id: 91,
		email: 'dora@example.test',
		password: storyPassword,
		fullName: 'Dora Lenz',
		roles: ['Coworker-List'],
	},
	{
		id: 92,
		email: 'ivan@example.test',
		password: storyPassword,
		fullName: 'Ivan Roth',
		twoFactorSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
		roles: [actForCustomers, 'Coworker-List'],
	},
];

const mariasContracts: ContractSeed[] = [
	{ id: 700100, pricePlan: plans.hotDesk },
	{ id: 700101, pricePlan: plans.dedicatedDesk },
	{ id: 700102, pricePlan: plans.meetingCredits },
	{ id: 700103, pricePlan: plans.virtualOffice, startedCyclesAgo: 2 },
	{ id: 700104, pricePlan: plans.privateOffice, pauses: [{ fromCycle: -1, cycles: 3 }] },
	{
		id: 700105,
		pricePlan: plans.eveningDesk,
		pauses: [
			{ fromCycle: -8, cycles: 1 },
			{ fromCycle: -4, cycles: 1 },
		],
	},
	{ id: 700106, pricePlan: plans.studio, cancelled: true, endsWithCycle: -2 },
	{ id: 700107, pricePlan: plans.locker, endsWithCycle: 2 },
	{
		id: 700108,
		pricePlan: plans.teamDesk,
		startedCyclesAgo: 5,
		pauses: [{ fromCycle: 1, cycles: 1 }],
	},
];

const tomsContracts: ContractSeed[] = [{ id: 800200, pricePlan: plans.hotDesk }];

/** Maria books a room every third day, from a month ago to four months ahead. */
function mariasBookings(now: Date): Booking[] {
	const day = 86_400_000;
	const tenToday = startOfDay(localDate(now)) + 10 * 3_600_000;
	return Array.from({ length: 50 }, (_, index) => ({
		account: 'maria@example.test',
		start: tenToday + (index * 3 - 30) * day,
		charged: index % 3 !== 0,
		invoiced: index % 2 === 0,
		paid: index % 4 === 0,
	}));
}

let told: { day: LocalDate; seed: Seed } | undefined;

/** The seed story of the stand-in, told from the day it is at the location; not to be changed. */
export function storySeed(now: Date): Seed {
	const day = localDate(now);
	// Kept, because tests begin the story anew thousands of times.
	if (told?.day !== day) told = { day, seed: tellStory(now) };
	return told.seed;
}

function tellStory(now: Date): Seed {
	return {
		accounts: storyAccounts(),
		admins: storyAdmins,
		contracts: [
			...placeContracts('maria@example.test', mariasContracts, now),
			...placeContracts('tom@example.test', tomsContracts, now),
		],
		bookings: mariasBookings(now),
	};
}

/** Contract seeds with ids in a row, for bulk tests. */
export function manyContracts(
	count: number,
	firstId = 900_001,
	pricePlan = plans.hotDesk,
): ContractSeed[] {
	return Array.from({ length: count }, (_, index) => ({ id: firstId + index, pricePlan }));
}

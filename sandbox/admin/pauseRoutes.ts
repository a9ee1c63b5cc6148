import { json, type Answer } from '../vendor/answer';
import type { VendorRequest } from '../vendor/request';
import type { VendorRoute } from '../vendor/route';
import type { World } from '../vendor/world';
import { forAdmin } from './answers';
import { adminList, type AdminRecord } from './adminList';
import { businessRecordOf, contractRecordOf, periodRecordOf, rowOf } from './adminRecords';
import { createPeriod, deletePeriod, findPeriod, updatePeriod, type Body } from './pausedPeriods';

/**
 * The admin REST API, as far as pauses need it. Reading a list takes the role `{Entity}-List`, a
 * record `-Read`, writes `-Create`, `-Edit` and `-Delete`; too few roles give 401.
 * developers.nexudus.com rest-api [D], `-Delete` and its path [I].
 */
export const pauseRoutes: VendorRoute[] = [
	{
		method: 'GET', // rest-api get-contractpausedperiods [D]
		path: '/api/billing/contractpausedperiods',
		kind: 'periodList',
		answer: forAdmin('ContractPausedPeriod-List', (world, request) =>
			listed(world, request, 'period', allPeriods(world)),
		),
	},
	{
		method: 'GET', // known of contracts [D], here as a family [I]
		path: '/api/billing/contractpausedperiods/',
		kind: 'periodBatch',
		answer: forAdmin('ContractPausedPeriod-Read', (world, request) =>
			world.readings.periodBatch === 'unknown'
				? json(404, { Message: 'No HTTP resource was found that matches the request.' })
				: batch(request, (id) => {
						const found = findPeriod(world, id);
						return found && periodRecordOf(world, found.contract, found.period);
					}),
		),
	},
	{
		method: 'GET', // rest-api get-contractpausedperiods-by-id [D]
		path: '/api/billing/contractpausedperiods/:id',
		kind: 'period',
		answer: forAdmin('ContractPausedPeriod-Read', (world, { recordId }) => {
			const found = recordId === null ? undefined : findPeriod(world, recordId);
			return one(found && periodRecordOf(world, found.contract, found.period));
		}),
	},
	{
		method: 'POST', // rest-api post-contractpausedperiods [D]
		path: '/api/billing/contractpausedperiods',
		kind: 'createPeriod',
		answer: forAdmin('ContractPausedPeriod-Create', (world, request) =>
			createPeriod(world, request.n, bodyOf(request)),
		),
	},
	{
		method: 'PUT', // rest-api put-contractpausedperiods [D]
		path: '/api/billing/contractpausedperiods',
		kind: 'updatePeriod',
		answer: forAdmin('ContractPausedPeriod-Edit', (world, request) =>
			updatePeriod(world, request.n, bodyOf(request)),
		),
	},
	{
		method: 'DELETE', // its path is inferred [I]
		path: '/api/billing/contractpausedperiods/:id',
		kind: 'deletePeriod',
		answer: forAdmin('ContractPausedPeriod-Delete', (world, { n, recordId }) =>
			deletePeriod(world, n, recordId ?? 0),
		),
	},
	{
		method: 'GET', // rest-api get-coworkercontracts [D]
		path: '/api/billing/coworkercontracts',
		kind: 'adminContractList',
		answer: forAdmin('CoworkerContract-List', (world, request) =>
			listed(
				world,
				request,
				'contract',
				Array.from(world.contracts.values(), (contract) => contractRecordOf(world, contract)),
			),
		),
	},
	{
		method: 'GET', // rest-api get-coworkercontracts-batch [D]
		path: '/api/billing/coworkercontracts/',
		kind: 'adminContractBatch',
		answer: forAdmin('CoworkerContract-Read', (world, request) =>
			batch(request, (id) => {
				const contract = world.contracts.get(id);
				const record = contract && contractRecordOf(world, contract);
				const isRow = record && world.readings.contractBatch === 'rows';
				return isRow ? rowOf(world, 'contract')(record) : record;
			}),
		),
	},
	{
		method: 'GET', // rest-api get-coworkercontracts-by-id [D]
		path: '/api/billing/coworkercontracts/:contractId',
		kind: 'adminContract',
		answer: forAdmin('CoworkerContract-Read', (world, { contractId }) => {
			const contract = contractId === null ? undefined : world.contracts.get(contractId);
			return one(contract && contractRecordOf(world, contract));
		}),
	},
	{
		method: 'GET', // rest-api get-businesses-by-id [D]
		path: '/api/sys/businesses/:id',
		kind: 'business',
		answer: forAdmin('Business-Read', (_world, { recordId }) =>
			one(businessRecordOf(recordId ?? 0)),
		),
	},
];

function allPeriods(world: World): AdminRecord[] {
	return Array.from(world.contracts.values()).flatMap((contract) =>
		contract.pauses.map((period) => periodRecordOf(world, contract, period)),
	);
}

const ENTITIES = { period: 'ContractPausedPeriod', contract: 'CoworkerContract' } as const;

function listed(
	world: World,
	{ query }: VendorRequest,
	kind: keyof typeof ENTITIES,
	records: AdminRecord[],
): Answer {
	const row = rowOf(world, kind);
	return json(200, adminList(ENTITIES[kind], records, query, world.readings, row));
}

/** "An array of records" [D]; ids that do not exist are left out [I]. */
function batch(
	{ query }: VendorRequest,
	recordOf: (id: number) => AdminRecord | undefined,
): Answer {
	const ids = /^\[([\d,]+)\]$/.exec(query.get('id') ?? '')?.[1] ?? '';
	const records = ids.split(',').flatMap((id) => recordOf(Number(id)) ?? []);
	return json(200, records);
}

function one(record: AdminRecord | undefined): Answer {
	return record ? json(200, record) : json(404, { Message: 'The record was not found.' });
}

function bodyOf({ body }: VendorRequest): Body {
	try {
		const parsed: unknown = JSON.parse(body);
		return typeof parsed === 'object' && parsed !== null ? (parsed as Body) : {};
	} catch {
		return {};
	}
}

import type { INodeParameters } from 'n8n-workflow';
import type { NodeResult } from '../../embedded-n8n';
import {
	MADRID,
	tellOperatorStory,
	type OperatorStory,
} from '../nexudus/pausePeriod/operatorStory';
import { PASSWORD } from '../nexudus/story';
import { textOf } from './documents';

const EMAIL = 'nina@example.test';
/** Rows of the table of roles: for what, and which. */
const rows = [...textOf('docs/credentials.md').matchAll(/^\| (.+?) +\| (`\w+-\w+`.*?) +\|$/gm)].map(
	([, what, roles]) => ({ what: what!, roles: roles!.replaceAll('`', '').split(', ') }),
);

const rolesFor = (name: string) => rows.find(({ what }) => what.split(', and ')[0] === name)!.roles;

type Act = (story: OperatorStory, id: number) => Promise<NodeResult>;
const period =
	(operation: string, more: INodeParameters = {}): Act =>
	async (story, id) =>
		await story.run(operation, { pausePeriodId: String(id), ...more });

const ACTS: Record<string, Act> = {
	'Contract: Get Many': async (story) => await story.contracts({ returnAll: true }),
	'Pause Period: Get': period('get'),
	'Pause Period: Get Many': period('getAll', { returnAll: true }),
	'Pause Period: Create': async (story) =>
		await story.create(MADRID, { pauseFrom: '2027-10-01', pauseUntil: '2027-11-01' }),
	'Pause Period: Update': period('update', { updateFields: { pauseUntil: '2027-10-01' } }),
	'Pause Period: Delete': period('delete'),
};

/** What an administrator with these roles makes of it; each has a pause of MADRID to work on. */
async function outcome(act: Act, roles: string[]): Promise<string> {
	const owner = await tellOperatorStory();
	const { sandbox, store } = owner;
	await owner.create(MADRID);
	const id = owner.committed()[0]!.pausePeriodId!;
	// What the stand-in leaves out of a row has to be read singly.
	sandbox.setReadings({ adminRows: 'keyFields' });
	sandbox.addAdmins([{ id: 99, email: EMAIL, password: PASSWORD, fullName: 'Nina', roles }]);
	const credential = store.read('nexudusOperatorApi');
	store.save('nexudusOperatorApi', { ...credential, email: EMAIL });
	const { error } = await act(owner, id);
	return error?.message ?? 'done';
}

describe('the roles of an operator', () => {
	it('stand in the document for every operation', () => {
		expect(Object.keys(ACTS).map(rolesFor)).not.toContain(undefined);
	});

	it.each(Object.entries(ACTS))('are enough for %s', async (name, act) => {
		const { roles } = rows.find(
			({ what }) => what.startsWith(`${name}`) && !what.startsWith(`${name} M`),
		)!;
		expect(await outcome(act, roles)).toBe('done');
	});

	it.each(Object.entries(ACTS))('are not too many for %s', async (name, act) => {
		const { roles } = rows.find(
			({ what }) => what.startsWith(`${name}`) && !what.startsWith(`${name} M`),
		)!;
		for (const role of roles) {
			const others = roles.filter((other) => other !== role);
			expect({ role, done: await outcome(act, others) }).not.toEqual({ role, done: 'done' });
		}
	});
});

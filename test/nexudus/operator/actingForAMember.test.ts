import type { IDataObject } from 'n8n-workflow';
import {
	CONTINUE,
	failure,
	HOT_DESK,
	MARIA,
	only,
	OPERATOR_CREDENTIAL,
	PAUSED_NOW,
	TOM,
	TOMS_HOT_DESK,
} from '../story';
import { OLGA, requests, tellOperatorStory } from './members';

const FOR_MARIA = { coworkerId: MARIA };

describe('an operator', () => {
	it('pauses a contract in the session of its member', async () => {
		const story = await tellOperatorStory();
		const output = only(await story.pause(HOT_DESK, FOR_MARIA));
		expect(output).toMatchObject({
			outcome: 'changed',
			verified: true,
			contractId: HOT_DESK,
			coworkerId: MARIA,
			audit: { actAs: 'operator', operator: OLGA, coworkerId: MARIA },
		});
		expect(story.done()).toEqual([`pause ${HOT_DESK}`]);
		expect(story.sandbox.committed[0]).toMatchObject({ account: 'maria@example.test' });
		expect(story.sandbox.signIns).toMatchObject([{ email: OLGA, outcome: 'ok' }]);
		expect(story.asked()).toEqual([
			'GET impersonate',
			'POST exchange',
			`GET contract ${HOT_DESK}`,
			`GET meta ${HOT_DESK}`,
			`PUT pause ${HOT_DESK}`,
			`GET meta ${HOT_DESK}`,
		]);
	});

	it('resumes', async () => {
		const story = await tellOperatorStory();
		const given = { ...FOR_MARIA, resumeWhen: 'immediately' };
		expect(only(await story.resume(PAUSED_NOW, given))).toMatchObject({
			outcome: 'changed',
			coworkerId: MARIA,
			audit: { actAs: 'operator', operator: OLGA, coworkerId: MARIA },
		});
		expect(story.done()).toEqual([`resumeNow ${PAUSED_NOW}`]);
	});

	it.each([
		['get', { contractId: HOT_DESK, state: 'none', active: true }],
		['getPauseMeta', { contractId: HOT_DESK, canBePaused: true }],
		['previewBookings', { contractId: HOT_DESK, scope: 'customer' }],
	])('reads with %s', async (operation, expected) => {
		const story = await tellOperatorStory();
		const result = await story.run({ operation, contractId: HOT_DESK, ...FOR_MARIA });
		expect(only(result)).toMatchObject(expected);
		expect(requests(story, 'impersonate')).toHaveLength(1);
		expect(requests(story, 'exchange')).toHaveLength(1);
	});

	it('takes the coworker from a locator, a number or a text', async () => {
		const story = await tellOperatorStory();
		const locator = { __rl: true, mode: 'id', value: ` ${MARIA} ` };
		for (const coworkerId of [locator, MARIA, String(MARIA)]) {
			const result = await story.run({ operation: 'get', contractId: HOT_DESK, coworkerId });
			expect(only(result)).toMatchObject({ contractId: HOT_DESK });
		}
	});

	it('does not reach the contract of another member', async () => {
		const story = await tellOperatorStory();
		const result = await story.pause(TOMS_HOT_DESK, FOR_MARIA, CONTINUE);
		expect(failure(result)).toMatchObject({
			outcome: 'failed',
			code: 'http401',
			contractId: TOMS_HOT_DESK,
			coworkerId: MARIA,
			description: expect.stringContaining("as where it is another member's"),
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('hears which coworker a contract is unknown for', async () => {
		const story = await tellOperatorStory();
		const error = failure(await story.pause(123_456, FOR_MARIA, CONTINUE));
		expect(error).toMatchObject({ outcome: 'refused', code: 'http404' });
		expect(error.message).toBe('Nexudus does not know this contract for this coworker');
		expect(error.description).toMatch(/Check 'Contract', and that 'Coworker'/);
	});
});

describe('the sessions', () => {
	it('go to the side that they are for, and to no other', async () => {
		const story = await tellOperatorStory();
		await story.pause(HOT_DESK, FOR_MARIA);
		const port = new URL(story.sandbox.url).port;
		for (const { kind, headers, account, actor } of story.sandbox.requests) {
			const isAdminSide = kind === 'token' || kind === 'impersonate';
			expect([kind, headers.host]).toEqual([
				kind,
				`${isAdminSide ? 'localhost' : '127.0.0.1'}:${port}`,
			]);
			if (kind === 'impersonate')
				expect({ account, actor }).toEqual({ account: OLGA, actor: null });
			else if (kind === 'token' || kind === 'exchange')
				expect(headers.authorization).toBe(undefined);
			else expect(actor).toMatchObject({ operator: OLGA, coworkerId: MARIA });
		}
	});

	it('of members are asked for a short time, under a name of their own', async () => {
		const story = await tellOperatorStory({ operator: { clientId: 'n8n-desk' } });
		await story.run({ operation: 'get', contractId: HOT_DESK, ...FOR_MARIA });
		expect(requests(story, 'impersonate')[0]!.query).toEqual({ coworkerId: String(MARIA) });
		expect(requests(story, 'exchange')).toMatchObject([
			{ method: 'POST', query: { validForInMinutes: '15' }, body: null },
		]);
		expect(requests(story, 'exchange')[0]!.headers.client_id).toBe('n8n-desk');
	});

	it("of members leave the member's own sign-in alone", async () => {
		const story = await tellOperatorStory();
		const form = {
			grant_type: 'password',
			username: 'maria@example.test',
			password: 'open-sesame-7',
		};
		const post = async (fields: Record<string, string>) => {
			const reply = await fetch(`${story.sandbox.url}/api/token`, {
				method: 'POST',
				headers: { client_id: 'maria@example.test' },
				body: new URLSearchParams(fields),
			});
			return (await reply.json()) as { refresh_token?: string };
		};
		const { refresh_token = '' } = await post(form);
		await story.run({ operation: 'get', contractId: HOT_DESK, ...FOR_MARIA });
		expect(await post({ grant_type: 'refresh_token', refresh_token })).toHaveProperty(
			'access_token',
		);
	});

	it('of members are opened anew in every run, the operator signs in once', async () => {
		const story = await tellOperatorStory();
		for (let run = 0; run < 3; run++) {
			await story.run({ operation: 'get', contractId: HOT_DESK, ...FOR_MARIA });
		}
		expect(story.sandbox.signIns).toHaveLength(1);
		expect(requests(story, 'exchange')).toHaveLength(3);
	});

	it('of members are not stored, the one of the operator is', async () => {
		const story = await tellOperatorStory();
		await story.pause(HOT_DESK, FOR_MARIA);
		expect(story.store.writes.map(({ type }) => type)).toEqual([OPERATOR_CREDENTIAL]);
		const [adminToken] = story.sandbox.tokens;
		const stored = JSON.stringify(story.store.writes);
		expect(stored).toContain(adminToken);
		for (const token of story.sandbox.tokens.slice(1)) expect(stored).not.toContain(token);
	});

	it('that the vendor gives for a day only are asked for once more, and remembered in the run', async () => {
		const story = await tellOperatorStory({ readings: { shortestSession: 'documented' } });
		const items = [MARIA, TOM].map((coworker, index) => ({
			json: { coworker, id: [HOT_DESK, TOMS_HOT_DESK][index]! } as IDataObject,
		}));
		const { items: output } = await story.run(
			{
				operation: 'get',
				contractId: '={{ $json.id }}',
				coworkerId: '={{ $json.coworker }}',
				requestSettings: { concurrency: 1 },
			},
			{ items },
		);
		expect(output).toHaveLength(2);
		const minutes = requests(story, 'exchange').map(({ query }) => query.validForInMinutes);
		expect(minutes).toEqual(['15', '1440', '1440']);
	});
});

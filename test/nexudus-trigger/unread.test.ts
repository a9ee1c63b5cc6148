import { HOT_DESK, PAUSE_SCHEDULED, PAUSED_NOW } from '../nexudus/story';
import { changeList } from './otherRows';
import { inShort, watchStory, type Watch } from './watch';

const FLAGS = ['IsPausedNow', 'InPausedPeriod'];

/** The list shows one contract without a word about its pause, until `show`. */
async function hideFlags(watch: Watch, id: number): Promise<void> {
	await changeList(
		watch.story.sandbox,
		watch.actAs,
		(row) =>
			row.Id === id
				? Object.fromEntries(Object.entries(row).filter(([name]) => !FLAGS.includes(name)))
				: row,
		Infinity,
	);
}

/** So does the contract's own address: an answer, and no error. */
async function hidePause(watch: Watch, id: number): Promise<void> {
	await hideFlags(watch, id);
	watch.story.sandbox.faults.order({
		route: 'contract',
		contractId: id,
		kind: 'status',
		status: 200,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ Id: id, TariffName: 'Hot Desk Monthly' }),
		times: Infinity,
	});
}

/** The contract's own address fails. */
async function breakContract(watch: Watch, id: number): Promise<void> {
	await hideFlags(watch, id);
	watch.story.sandbox.faults.order({
		...{ route: 'contract', contractId: id, kind: 'status', status: 500, times: Infinity },
	});
}

const show = (watch: Watch) => watch.story.sandbox.faults.clear();
const told = ({ executions }: { executions: Array<Array<{ json: object }>> }) =>
	executions.map((items) => items.map(({ json }) => inShort(json as never)));

describe('a contract whose pause nothing shows', () => {
	it('is kept as it was where it was watched, and told as an error', async () => {
		const watch = await watchStory();
		await watch.activate();
		await hidePause(watch, PAUSED_NOW);
		const { error, executions } = await watch.poll();
		expect(error?.message).toContain(`Contract ${PAUSED_NOW}: Nexudus could not be read`);
		expect(error?.description).toContain('goes on with all others');
		expect(executions).toEqual([]);
		watch.story.sandbox.otherHand.resume(PAUSED_NOW);
		show(watch);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});

	it('is not taken for one that is gone where a gateway says 404 with a web page', async () => {
		const watch = await watchStory();
		await watch.activate();
		await hideFlags(watch, PAUSED_NOW);
		watch.story.sandbox.faults.order({
			...{ route: 'contract', contractId: PAUSED_NOW, kind: 'html', status: 404, times: Infinity },
		});
		expect((await watch.poll()).error?.message).toContain(`Contract ${PAUSED_NOW}: `);
		show(watch);
		watch.story.sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});

	it('is told as an error where it was not watched, too', async () => {
		const watch = await watchStory();
		await watch.activate();
		await hidePause(watch, HOT_DESK);
		expect((await watch.poll()).error?.message).toContain(`Contract ${HOT_DESK}: `);
		show(watch);
		watch.story.sandbox.otherHand.pause(HOT_DESK, 1);
		// It had none when it could be read last.
		expect(await watch.told()).toEqual([`pauseScheduled ${HOT_DESK}`]);
	});
});

describe('one contract that can never be read', () => {
	it('leaves the others with their baseline and their events', async () => {
		const watch = await watchStory();
		const { otherHand } = watch.story.sandbox;
		await breakContract(watch, HOT_DESK);
		const activation = await watch.activate();
		expect(activation.executions).toEqual([[]]);
		expect(activation.error?.message).toContain(`Contract ${HOT_DESK}: `);
		otherHand.resume(PAUSED_NOW);
		show(watch);
		await breakContract(watch, HOT_DESK);
		expect(told(await watch.poll())).toEqual([[`contractResumed ${PAUSED_NOW}`]]);
		otherHand.resume(PAUSE_SCHEDULED);
		show(watch);
		await breakContract(watch, HOT_DESK);
		expect(told(await watch.restart())).toEqual([
			[`contractResumed ${PAUSED_NOW}`, `pauseChanged ${PAUSE_SCHEDULED}`],
		]);
	});

	it('is told together with events of others, in the same poll', async () => {
		const watch = await watchStory();
		await watch.activate();
		watch.story.sandbox.otherHand.resume(PAUSE_SCHEDULED);
		await breakContract(watch, PAUSED_NOW);
		const { error, executions } = await watch.poll();
		expect(told({ executions })).toEqual([[`pauseChanged ${PAUSE_SCHEDULED}`]]);
		expect(error?.message).toContain(`Contract ${PAUSED_NOW}: `);
	});

	it('is told once, not with every poll, and again by a process that begins', async () => {
		const watch = await watchStory();
		await watch.activate();
		await breakContract(watch, PAUSED_NOW);
		expect((await watch.poll()).error?.message).toContain(`Contract ${PAUSED_NOW}: `);
		for (let poll = 0; poll < 3; poll++) expect((await watch.poll()).error).toBeUndefined();
		show(watch);
		expect((await watch.poll()).error).toBeUndefined();
		await breakContract(watch, PAUSED_NOW);
		expect((await watch.poll()).error?.message).toContain(`Contract ${PAUSED_NOW}: `);
		expect((await watch.restart()).error?.message).toContain(`Contract ${PAUSED_NOW}: `);
	});

	it('has a baseline of its own when it is read for the first time', async () => {
		const watch = await watchStory();
		const { sandbox } = watch.story;
		await breakContract(watch, PAUSED_NOW);
		await watch.activate();
		show(watch);
		expect(await watch.told()).toEqual([]);
		expect(await watch.told()).toBeNull();
		sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});

	it('has it also where n8n was started anew in between, and where it has no pause', async () => {
		const watch = await watchStory();
		const { sandbox } = watch.story;
		await breakContract(watch, HOT_DESK);
		await watch.activate();
		show(watch);
		await breakContract(watch, HOT_DESK);
		expect((await watch.restart()).executions.flat()).toEqual([]);
		show(watch);
		await watch.told();
		sandbox.otherHand.pause(HOT_DESK, 1);
		expect(await watch.told()).toEqual([`pauseScheduled ${HOT_DESK}`]);
	});
});

describe('a row that moves to a page that was read already', () => {
	it('is in the baseline all the same', async () => {
		const watch = await watchStory();
		await changeList(watch.story.sandbox, watch.actAs, (row) =>
			row.Id === PAUSED_NOW ? null : row,
		);
		await watch.activate();
		expect(await watch.told()).toBeNull();
		watch.story.sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});

	it('is in it when the second of its reads lacks it', async () => {
		const watch = await watchStory();
		watch.story.sandbox.faults.order({ route: 'list', kind: 'slowButOk', ms: 1 });
		await changeList(watch.story.sandbox, watch.actAs, (row) =>
			row.Id === PAUSED_NOW ? null : row,
		);
		await watch.activate();
		expect(await watch.told()).toBeNull();
	});
});

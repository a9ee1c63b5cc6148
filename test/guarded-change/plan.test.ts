import type { Change, Rules } from '../../guarded-change/change';
import { makePlan } from '../../guarded-change/plan';
import { planId } from '../../guarded-change/planId';

const change: Change = { id: '1', operation: 'pause', key: 'k', lane: 'l', dryRun: false };
const factsOf = (renewal: string) => [['renewal date', renewal]] as const;
const system = (rules: Rules, renewal = 'December') => ({
	rules: () => rules,
	planFacts: () => factsOf(renewal),
});
const id = planId(factsOf('December'));
const oldId = planId(factsOf('November'));
const write: Rules = { do: 'write' };
const nothing: Rules = { do: 'nothing', sameAsAsked: true, proven: true };
const refuse: Rules = { do: 'refuse', refusals: [{ code: 'no', message: 'No.' }] };

describe('What to do about a change', () => {
	test.each<[string, Partial<Change>, Rules, string, string | undefined]>([
		['a write without guard', {}, write, 'write', undefined],
		['a write with its own plan', { expectedPlanId: id }, write, 'write', undefined],
		['a write with another plan', { expectedPlanId: oldId }, write, 'refuse', 'planChanged'],
		['a write with nonsense', { expectedPlanId: 'x' }, write, 'refuse', 'planChanged'],
		['a tool’s write without plan', { planRequired: true }, write, 'refuse', 'planRequired'],
		[
			'a tool’s write with its plan',
			{ planRequired: true, expectedPlanId: id },
			write,
			'write',
			undefined,
		],
		['nothing to do, whatever the plan', { expectedPlanId: oldId }, nothing, 'nothing', undefined],
		['nothing to do for a tool', { planRequired: true }, nothing, 'nothing', undefined],
		['a refusal stays one', { expectedPlanId: id }, refuse, 'refuse', 'no'],
	])('%s', (_, guard, rules, does, code) => {
		const plan = makePlan({ ...change, ...guard }, {}, { sent: [], others: [] }, system(rules));
		expect(plan.do).toBe(does);
		expect(plan.planId).toBe(id);
		if (plan.do === 'refuse') expect(plan.refusals[0]?.code).toBe(code);
	});

	it('says what changed since the expected plan', () => {
		const plan = makePlan(
			{ ...change, expectedPlanId: oldId },
			{},
			{ sent: [], others: [] },
			system(write),
		);
		expect(plan).toMatchObject({
			refusals: [{ description: expect.stringContaining('renewal date') as string }],
		});
	});
});

import type { NodeHint } from 'n8n-workflow';

/** What the output panel says of operations that change something: before a run, and after a dry one. */
export function changeHints(operations: readonly string[]): NodeHint[] {
	const changes = `${JSON.stringify(operations)}.includes($parameter["operation"])`;
	const hints: NodeHint[] = [
		{
			message:
				"'Retry On Fail' can stay off: the node reads before it writes, and tries again by itself where that is safe.",
			type: 'info',
			location: 'outputPane',
			whenToDisplay: 'beforeExecution',
			displayCondition: `={{ ${changes} }}`,
		},
		{
			message:
				"Dry run: nothing was changed. 'wouldDo' says what a real run does, 'refusals' why it would not.",
			type: 'info',
			location: 'outputPane',
			whenToDisplay: 'afterExecution',
			displayCondition: `={{ ${changes} && $parameter["dryRun"] === true }}`,
		},
	];
	return hints;
}

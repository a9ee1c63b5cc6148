/** Reads a GitHub workflow from standard input; prints what GitHub's own parser finds wrong in it, one line each. */
import { readFileSync } from 'node:fs';
import {
	convertWorkflowTemplate,
	NoOperationTraceWriter,
	parseWorkflow,
} from '@actions/workflow-parser';

const file = { name: 'workflow', content: readFileSync(0, 'utf8') };
const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
// Jobs that wait for one that is not there show only in the second step.
if (value) await convertWorkflowTemplate(context, value);
for (const { message } of context.errors.getErrors()) console.log(message);

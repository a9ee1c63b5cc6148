import type { IExecuteFunctions } from 'n8n-workflow';

/** Which execution made a change. */
export interface ExecutionAudit {
	workflowId: string | null;
	workflowName: string | null;
	executionId: string | null;
	/** Started by hand in the editor, or by a trigger in production. */
	executedBy: 'manual' | 'production';
}

/** The execution that this context is of. */
export function executionAudit(context: IExecuteFunctions): ExecutionAudit {
	const { id, name } = context.getWorkflow();
	return {
		workflowId: id ?? null,
		workflowName: name ?? null,
		executionId: context.getExecutionId() ?? null,
		executedBy: context.getMode() === 'manual' ? 'manual' : 'production',
	};
}

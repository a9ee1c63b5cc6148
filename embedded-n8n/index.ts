export { activatePoller, fetchTestEvent } from './activatePoller';
export type {
	KillPoint,
	Poller,
	PollerOptions,
	PollResult,
	WorkflowRecord,
} from './activatePoller';
export { createCredentialStore } from './credentialStore';
export type { CredentialStore } from './credentialStore';
export type { CredentialWrite, SignIn, SignInReason } from './credentialsHelper';
export type { NodeTypesByName } from './nodeTypes';
export { runListSearch } from './runListSearch';
export { runNode } from './runNode';
export type { NodeResult, RunNodeOptions } from './runNode';
export { hintsOf, outputsOf, runWorkflow } from './runWorkflow';
export type { NodeError, RunOptions, WorkflowJson, WorkflowResult } from './runWorkflow';
export { testCredential } from './testCredential';
export { watchLog } from './watchLog';
export type { LogLine } from './watchLog';

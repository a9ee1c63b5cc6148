import './environment';

import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core/dist/instance-settings';
import { SSHClientsManager } from 'n8n-core/dist/execution-engine/ssh-clients-manager';

export { Logger } from '@n8n/backend-common';
export { Container } from '@n8n/di';
export { ActiveWorkflows } from 'n8n-core/dist/execution-engine/active-workflows';
export { PollContext } from 'n8n-core/dist/execution-engine/node-execution-context/poll-context';
export { Credentials } from 'n8n-core/dist/credentials';
export { ExecutionLifecycleHooks } from 'n8n-core/dist/execution-engine/execution-lifecycle-hooks';
export { ExecuteContext } from 'n8n-core/dist/execution-engine/node-execution-context/execute-context';
export { LoadOptionsContext } from 'n8n-core/dist/execution-engine/node-execution-context/load-options-context';
export { RoutingNode } from 'n8n-core/dist/execution-engine/routing-node';
export { WorkflowExecute } from 'n8n-core/dist/execution-engine/workflow-execute';

// n8n would write its encryption key into the user's home folder; this instance keeps it in memory.
Container.set(
	InstanceSettings,
	Object.assign(Object.create(InstanceSettings.prototype) as InstanceSettings, {
		settings: { encryptionKey: 'embedded-n8n' },
		n8nFolder: '/nonexistent',
		instanceType: 'main',
		instanceRole: 'leader',
		hostId: 'main-embedded',
		instanceId: 'embedded-n8n',
		hmacSignatureSecret: 'embedded-n8n',
	}),
);

// Its interval of 60 s would keep every process alive; no node here opens an SSH tunnel.
Container.get(SSHClientsManager).onShutdown();

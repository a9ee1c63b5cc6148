import { createSandbox } from '../sandbox/createSandbox';

// A process of its own, so that the vendor's CPU time is not counted as the node's.
void createSandbox().then((sandbox) => process.send?.({ url: sandbox.url }));
process.once('disconnect', () => process.exit());

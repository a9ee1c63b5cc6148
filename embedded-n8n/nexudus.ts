/**
 * The package's own nodes and credentials, for tests, demo and bench. The ending keeps tsx from
 * taking the codex file `Nexudus.node.json` for the node.
 */
// eslint-disable-next-line import-x/no-unresolved -- the resolver does not map .js to .ts
export { Nexudus } from '../nodes/Nexudus/Nexudus.node.js';
// eslint-disable-next-line import-x/no-unresolved -- the resolver does not map .js to .ts
export { NexudusTrigger } from '../nodes/NexudusTrigger/NexudusTrigger.node.js';
export { NexudusCustomerSessionApi } from '../credentials/NexudusCustomerSessionApi.credentials';
export { NexudusOperatorApi } from '../credentials/NexudusOperatorApi.credentials';

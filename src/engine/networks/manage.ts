/** What the Engine API does with networks. */
export { connectNetwork, disconnectNetwork } from './connect.ts';
export { addDefaultNetworks, createNetwork, type NetworkRequest } from './create.ts';
export { findNetwork, listNetworks } from './find.ts';
export { inspectNetwork } from './inspect.ts';
export { pruneNetworks, removeNetwork } from './remove.ts';

/** Which engine this is a model of: the one whose transcripts it is held against. */
export const SERVER_VERSION = '28.5.2+dfsg4';
export const API_VERSION = '1.51';
export const MINIMUM_API_VERSION = '1.24';
export const GO_VERSION = 'go1.27.1';
export const SERVER_COMMIT = '3ef3c07c883be49a2e8097bcf6d2952fce1d70eb';
/** Built at: as the client prints it, and as the API answers it. */
export const BUILD_TIME = 'Tue Sep 15 11:02:57 2026';
export const BUILD_TIMESTAMP = '2026-09-15T11:02:57.000000000+00:00';
export const CONTAINERD_VERSION = '2.1.9+unknown';
export const RUNC_VERSION = '1.3.6+ds1';
export const RUNC_COMMIT = '1.3.6+ds1-1';
export const INIT_VERSION = '0.19.0';

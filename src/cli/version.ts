/** Versions as the client and its plugins print them. */
export const CLIENT_VERSION = '28.5.2+dfsg4';
export const CLIENT_BUILD = '9cc6dea35e9a963f281434761c656fba4ac43aed';
export const BUILDX_VERSION = '0.29.1+ds1';
export const COMPOSE_VERSION = '2.40.3-3';

/** Versions as the client, its plugins and the engine print them. */
export const CLIENT_VERSION = '28.5.2+dfsg4';
export const CLIENT_BUILD = '9cc6dea35e9a963f281434761c656fba4ac43aed';

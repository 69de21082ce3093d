/** A configuration that can't be used; the message is nginx's, without level and process. */
export class ConfigError extends Error {}

/** A Compose project that can't be read; the message is compose-go's. */
export class ComposeError extends Error {}

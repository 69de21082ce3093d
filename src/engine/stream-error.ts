import { EngineError } from './errors.ts';

/**
 * A refusal that arrives in an answer that has already begun (push, load): the command line prints it as it is, without
 * "Error response from daemon: ".
 */
export class StreamError extends EngineError {}

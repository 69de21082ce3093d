/**
 * A request that the daemon refuses. The message is the daemon's; the command line puts "Error response from daemon: "
 * before it. `status` is the HTTP status of the Engine API.
 */
export class EngineError extends Error {
  readonly status: number;

  constructor(status: 400 | 403 | 404 | 409 | 500 | 501 | 503, message: string) {
    super(message);
    this.status = status;
  }
}

/** Raised out of a wait when the user presses Ctrl-C. */
export class Interrupted extends Error {}

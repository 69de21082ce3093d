import { OutputError } from '../../../engine/files/errors.ts';
import { basename } from '../../../engine/files/path.ts';
import type { Kernel, KernelChanges } from '../../../engine/process/program.ts';
import type { Flavour, Tool } from '../../tool.ts';
import { USAGE } from './usage.ts';

/** Ends a tool: what it says on standard error (whole lines) and its exit status. */
export class Failure extends Error {
  readonly status: number;

  constructor(text: string, status: number) {
    super(text);
    this.status = status;
  }
}

/** What one run of a tool works with: the kernel, and messages in the words of its flavour. */
export class Context {
  readonly kernel: Kernel;
  readonly flavour: Flavour;
  /** The name before every message: as it was called (GNU), or the applet's (BusyBox). */
  readonly name: string;
  /** Becomes the exit status when nothing worse happens. */
  status = 0;

  constructor(kernel: Kernel, flavour: Flavour) {
    this.kernel = kernel;
    this.flavour = flavour;
    const called = kernel.argv[0] ?? '';
    this.name = flavour === 'gnu' ? called : basename(called);
  }

  /** The same tool with other outputs. */
  within(changes: KernelChanges): Context {
    return new Context(this.kernel.within(changes), this.flavour);
  }

  get busybox(): boolean {
    return this.flavour === 'busybox';
  }

  /** The tool's name without the folder it was called in. */
  get applet(): string {
    return basename(this.name);
  }

  /** Whether text is UTF-8 to the C library: by its environment. */
  get utf8(): boolean {
    const { LC_ALL, LC_CTYPE, LANG } = this.kernel.environment;
    return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
  }

  out(bytes: string): void {
    this.kernel.output(bytes);
  }

  /** A message on standard error, the tool's name before it. The exit status becomes `status`. */
  complain(message: string, status = 1): void {
    this.kernel.error(`${this.name}: ${message}\n`);
    if (status > this.status) this.status = status;
  }

  fail(message: string, status = 1): Failure {
    return new Failure(`${this.name}: ${message}\n`, status);
  }

  /** GNU's quotation marks, which depend on the locale; BusyBox has the plain ones. */
  quote(text: string): string {
    return this.utf8 && !this.busybox ? `\xe2\x80\x98${text}\xe2\x80\x99` : `'${text}'`;
  }

  /** A wrong call: a message, if there is one, and how to call the tool. */
  usage(message = '', status = BAD_CALL[this.applet] ?? 1): Failure {
    const first = message === '' ? '' : `${this.name}: ${message}\n`;
    if (this.busybox) return new Failure(`${first}${busyboxUsage(this.applet)}`, status);
    const lead = USAGE_LINE[this.applet] ?? '';
    // diff and cmp put their name before this line, too.
    const again = this.applet === 'diff' || this.applet === 'cmp' ? `${this.name}: ` : '';
    return new Failure(`${first}${lead}${again}Try '${this.name} --help' for more information.\n`, status);
  }
}

/** Exit status of a wrong call where it is not 1. */
const BAD_CALL: Readonly<Record<string, number>> = {
  ...{ grep: 2, egrep: 2, fgrep: 2, sort: 2, cmp: 2, diff: 2, expr: 2, tar: 64, jq: 2 },
};

/** GNU programs that say one line more than where to find help. */
const USAGE_LINE: Readonly<Record<string, string>> = {
  grep: 'Usage: grep [OPTION]... PATTERNS [FILE]...\n',
  egrep: 'Usage: grep [OPTION]... PATTERNS [FILE]...\n',
  fgrep: 'Usage: grep [OPTION]... PATTERNS [FILE]...\n',
};

/** What BusyBox says about an applet. */
export function busyboxUsage(applet: string): string {
  const text = USAGE[applet];
  return `${BUSYBOX_BANNER}\n\n${text ?? `Usage: ${applet}\n`}`;
}

/** First line of BusyBox's help: the version that the base images of the oracle hold. */
const BUSYBOX_BANNER = 'BusyBox v1.38.0 (Debian 1:1.38.0-3+b1) multi-call binary.';

/** Says that the output could not be written, and returns the status for that. */
function outputRefused(kernel: Kernel, { applet, busybox, name }: Context, { message, reason }: OutputError): number {
  // BusyBox's seq finds out at its very end, and says nothing.
  if (busybox && applet === 'seq') return 255;
  if (applet !== 'head') kernel.error(`${name}: ${message}\n`);
  else
    kernel.error(`${name}: ${busybox ? 'standard output: I/O error' : `error writing 'standard output': ${reason}`}\n`);
  return 1;
}

/**
 * A tool that reads all input at its start. What it writes is held back until it ends, so that it can begin anew when
 * its input is not complete yet.
 */
export function textTool(run: (context: Context) => number | undefined | Promise<number | undefined>): Tool {
  return {
    run: async (kernel, flavour) => {
      const written: { error: boolean; bytes: string }[] = [];
      const hold = (error: boolean) => (bytes: string) => {
        const last = written.at(-1);
        if (last && last.error === error) last.bytes += bytes;
        else written.push({ error, bytes });
      };
      const context = new Context(kernel.within({ output: hold(false), error: hold(true) }), flavour);
      let status: number;
      try {
        const given = kernel.argv[1];
        if (context.busybox && given === '--help' && kernel.argv.length === 2 && USAGE[context.applet]) {
          kernel.error(busyboxUsage(context.applet));
          return 0;
        }
        const result = await run(context);
        status = result ?? context.status;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        hold(true)(error.message);
        status = error.status;
      }
      try {
        for (const { error, bytes } of written)
          if (error) kernel.error(bytes);
          else kernel.output(bytes);
      } catch (error) {
        if (!(error instanceof OutputError)) throw error;
        return outputRefused(kernel, context, error);
      }
      return status;
    },
  };
}

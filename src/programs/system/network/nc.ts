import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import type { Tool } from '../../tool.ts';
import { conclude, Invocation, type Manual, UsageError } from '../invocation.ts';
import { type Options, parseOptions } from '../options.ts';
import { CONNECT_ERRORS, CONNECT_TIMES } from './http.ts';
import { ended, endLater } from './later.ts';

const MANUAL: Manual = { usage: 'nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]', pointer: false };
/** Ends a listener that has served its one client. */
const SERVED = 10;

function read(call: Invocation): Options {
  return parseOptions(call, call.busybox ? 'lp:w:i:e:f:' : 'lp:w:i:e:f:zvnkus:q:N46tO:');
}

/** Sends standard input to a port and prints what comes back; or, with -l, waits for somebody who does. */
export const nc: Tool = {
  program: (flavour): Program => ({
    async run(kernel) {
      const call = new Invocation(kernel, flavour);
      try {
        return ended(call) ?? (await start(call));
      } catch (error) {
        return { exit: conclude(call, MANUAL, error) };
      }
    },
    signal: (kernel, signal) =>
      signal === SERVED && (kernel.memory as { listens?: boolean } | undefined)?.listens ? { exit: 0 } : undefined,
    answer: (kernel, request) => serve(new Invocation(kernel, flavour), request),
  }),
};

function serve(call: Invocation, request: string): string {
  const { kernel } = call;
  kernel.output(request);
  const { data } = kernel.input();
  if (!read(call).has('k')) kernel.kill(kernel.pid, SERVED);
  return data;
}

async function start(call: Invocation): Promise<Outcome> {
  const options = read(call);
  const { kernel } = call;
  if (options.has('l')) return listen(call, options);
  const [host, portText] = options.operands;
  if (host === undefined || portText === undefined) {
    if (call.busybox) throw new UsageError();
    throw call.failure('', host === undefined ? 'missing hostname and port' : 'missing port number');
  }
  const ports = portRange(call, portText);
  const [address] = kernel.network.resolve(host);
  if (address === undefined)
    throw call.failure(
      `bad address '${host}'`,
      `getaddrinfo for host "${host}" port ${portText}: Name or service not known`,
    );
  if (options.has('z')) return scan(call, options, host, address, ports);
  const { data, end } = kernel.input();
  if (data === '' && !end) return { wait: { input: true } };
  if (!end) {
    kernel.putBack(data);
    return { wait: { input: true } };
  }
  const [port = 0] = ports;
  const result = await kernel.network.request(address, port, data);
  if ('failure' in result) return refused(call, options, host, address, port, result.failure);
  if (options.has('v')) call.err(succeeded(call, host, address, port));
  call.out(result.answer);
  return { exit: 0 };
}

function portRange(call: Invocation, text: string): number[] {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  const first = Number(match?.[1] ?? -1);
  const last = Number(match?.[2] ?? first);
  if (first < 0 || last > 65_535 || last < first)
    throw call.failure(`bad port spec '${text}'`, `port number invalid: ${text}`);
  return Array.from({ length: Math.min(last - first + 1, 2000) }, (_, i) => first + i);
}

const succeeded = (call: Invocation, host: string, address: string, port: number) =>
  call.busybox
    ? `${host} (${address}:${port}) open\n`
    : `Connection to ${host} (${address}) ${port} port [tcp/*] succeeded!\n`;

/** Whether ports are open, nothing sent. */
async function scan(
  call: Invocation,
  options: Options,
  host: string,
  address: string,
  ports: readonly number[],
): Promise<Outcome> {
  const open: number[] = [];
  for (const port of ports) {
    const result = await call.kernel.network.request(address, port, '');
    // A server that accepts and then hangs up has accepted.
    if (!('failure' in result) || result.failure === 'reset') {
      open.push(port);
      if (options.has('v')) call.err(succeeded(call, host, address, port));
    } else if (ports.length === 1) {
      return refused(call, options, host, address, port, result.failure);
    } else if (options.has('v') && !call.busybox)
      call.err(`nc: connect to ${host} (${address}) port ${port} (tcp) failed: ${CONNECT_ERRORS[result.failure]}\n`);
  }
  return { exit: open.length > 0 ? 0 : 1 };
}

function refused(
  call: Invocation,
  options: Options,
  host: string,
  address: string,
  port: number,
  failure: keyof typeof CONNECT_ERRORS,
): Outcome {
  const limit = Number(options.value('w') ?? Number.POSITIVE_INFINITY) * 1000;
  const wait = CONNECT_TIMES[failure];
  if (failure === 'reset') return { exit: 0 };
  const timedOut = wait > limit;
  if (call.busybox) {
    if (options.has('z') && !options.has('v')) return endLater(call, Math.min(wait, limit), '', 1);
    const text = timedOut
      ? 'nc: timed out\n'
      : `nc: can't connect to remote host (${address}): ${CONNECT_ERRORS[failure]}\n`;
    return endLater(call, Math.min(wait, limit), text, 1);
  }
  const shown = address === host ? host : `${host} (${address})`;
  const text = timedOut
    ? `nc: connect to ${shown} port ${port} (tcp) timed out: Operation now in progress\n`
    : `nc: connect to ${shown} port ${port} (tcp) failed: ${CONNECT_ERRORS[failure]}\n`;
  return endLater(call, Math.min(wait, limit), options.has('v') ? text : '', 1);
}

function listen(call: Invocation, options: Options): Outcome {
  const { kernel } = call;
  const memory = kernel.memory as { listens?: boolean } | undefined;
  if (memory?.listens) return { wait: {} };
  const text = options.value('p') ?? options.operands.at(-1);
  if (text === undefined || !/^\d+$/.test(text))
    throw call.busybox ? new UsageError() : call.failure('', 'missing port with option -l');
  const problem = kernel.network.listen(
    Number(text),
    options.operands.length > 1 ? options.operands[0]! : call.busybox ? '::' : '0.0.0.0',
  );
  if (problem !== undefined) {
    const reason = problem === 'EADDRINUSE' ? 'Address already in use' : 'Permission denied';
    throw call.failure(`bind: ${reason}`, `${reason}`);
  }
  if (options.has('v')) call.err(call.busybox ? `listening on [::]:${text} ...\n` : `Listening on 0.0.0.0 ${text}\n`);
  kernel.memory = { listens: true };
  return { wait: {} };
}

/** BusyBox's telnet, as far as a server that speaks in lines. */
export const telnet: Tool = {
  program: (flavour): Program => ({
    async run(kernel: Kernel) {
      const call = new Invocation(kernel, flavour);
      try {
        const done = ended(call);
        if (done) return done;
        const { operands } = parseOptions(call, 'al:');
        const [host, port = '23'] = operands;
        if (host === undefined) throw new UsageError();
        const [address] = kernel.network.resolve(host);
        if (address === undefined)
          throw call.failure(`bad address '${host}'`, `could not resolve ${host}/${port}: Name or service not known`);
        const result = await kernel.network.request(address, Number(port), kernel.wholeInput());
        if ('failure' in result) {
          const reason = CONNECT_ERRORS[result.failure];
          const text = call.busybox
            ? `telnet: can't connect to remote host (${address}): ${reason}\n`
            : `telnet: Unable to connect to remote host: ${reason}\n`;
          return endLater(call, CONNECT_TIMES[result.failure], text, 1);
        }
        call.out(`Connected to ${host}\n${result.answer}`);
        call.err('Connection closed by foreign host\n');
        return { exit: 1 };
      } catch (error) {
        return { exit: conclude(call, { usage: 'telnet [-a] [-l USER] HOST [PORT]', pointer: false }, error) };
      }
    },
  }),
};

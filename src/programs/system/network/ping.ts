import { hasCapability } from '../../../engine/process/credentials.ts';
import type { Outcome } from '../../../engine/process/program.ts';
import type { Tool } from '../../tool.ts';
import { Failure, type Invocation, UsageError, waiting } from '../invocation.ts';
import { type Options, parseOptions } from '../options.ts';

/** What was sent and came back so far. */
interface Memory {
  readonly address: string;
  readonly sent: number;
  readonly times: readonly number[];
  readonly started: number;
  /** Printed, but not written yet: the C library writes when an answer has come, and at the end. */
  readonly buffer: string;
  /** Nothing more is sent; the answers are waited for. */
  readonly last: boolean;
}

const NUMBERS = ['c', 'W', 'w', 's', 't', 'i'] as const;

function settings(call: Invocation): {
  options: Options;
  host: string;
  value: Record<(typeof NUMBERS)[number], number | undefined>;
} {
  const options = parseOptions(call, '46qnc:s:t:w:W:I:i:p:AfvaRL:M:Q:S:O');
  const [host] = options.operands;
  if (host === undefined) {
    if (call.busybox) throw new UsageError();
    call.err('ping: usage error: Destination address required\n');
    throw new Failure('', 2);
  }
  const value = {} as Record<(typeof NUMBERS)[number], number | undefined>;
  for (const name of NUMBERS) {
    const text = options.value(name);
    if (text === undefined) continue;
    if (!(name === 'i' || name === 'W' ? /^\d*\.?\d+$/ : /^\d+$/).test(text))
      throw call.failure(`invalid number '${text}'`, `invalid argument: '${text}'`);
    value[name] = Number(text);
  }
  return { options, host, value };
}

/** Sends ICMP echo requests and waits for the answers, in virtual time. */
export const ping: Tool = waiting(
  (call): Outcome => {
    const { options, host, value } = settings(call);
    const { kernel } = call;
    let memory = kernel.memory as Memory | undefined;
    const size = value.s ?? 56;
    if (!memory) {
      const [address] = kernel.network.resolve(host);
      if (address === undefined)
        throw call.failure(`bad address '${host}'`, `${host}: Name or service not known`, call.busybox ? 1 : 2);
      const header = call.busybox
        ? `PING ${host} (${address}): ${size} data bytes\n`
        : `PING ${host} (${address}) ${size}(${size + 28}) bytes of data.\n`;
      const refused = (busybox: string, gnu: string) => {
        if (call.busybox) call.out(header);
        return call.failure(busybox, gnu, call.busybox ? 1 : 2);
      };
      if (!hasCapability(kernel.credentials, 'NET_RAW'))
        throw refused(
          'permission denied (are you root?)',
          'socktype: SOCK_RAW\nping: socket: Operation not permitted\nping: => missing cap_net_raw+p capability or setuid?',
        );
      if (kernel.network.echo(address) === 'unreachable')
        throw refused('sendto: Network is unreachable', 'connect: Network is unreachable');
      memory = { address, sent: 0, times: [], started: kernel.now, last: false, buffer: header };
    }
    const deadline = value.w === undefined ? undefined : memory.started + value.w * 1000;
    const timeUp = deadline !== undefined && kernel.now >= deadline;
    if (memory.last || (timeUp && memory.sent > 0)) return finish(call, memory, host);
    const reply = kernel.network.echo(memory.address);
    const sequence = memory.sent;
    if (reply === undefined) {
      const time = Math.round(60 + kernel.random() * 60) / 1000;
      const line = options.has('q') ? '' : answer(call, memory.address, host, size, sequence, time);
      memory = { ...memory, sent: sequence + 1, times: [...memory.times, time], buffer: memory.buffer + line };
    } else {
      const told = !call.busybox && reply === 'noroute' && !options.has('q');
      const line = told ? `From ${source(call)} icmp_seq=${sequence + 1} Destination Host Unreachable\n` : '';
      memory = { ...memory, sent: sequence + 1, buffer: memory.buffer + line };
    }
    const interval = (value.i ?? 1) * 1000;
    if (value.c !== undefined && value.c > 0 && memory.sent >= value.c) {
      if (reply === undefined) return finish(call, memory, host);
      const patience = (value.W ?? 10) * 1000;
      kernel.memory = { ...written(call, memory), last: true };
      return { wait: { until: Math.min(kernel.now + patience, deadline ?? Number.POSITIVE_INFINITY) } };
    }
    kernel.memory = written(call, memory);
    return { wait: { until: Math.min(kernel.now + Math.max(interval, 2), deadline ?? Number.POSITIVE_INFINITY) } };
  },
  { usage: 'ping [OPTIONS] HOST', pointer: false },
  (call, signal) => {
    const memory = call.kernel.memory as Memory | undefined;
    if (signal !== 2 || !memory) return undefined;
    return finish(call, memory, settings(call).host);
  },
);

/** Writes what was printed, if an answer has come. */
function written(call: Invocation, memory: Memory): Memory {
  if (memory.times.length === 0 && !call.kernel.terminal.stdout) return memory;
  call.out(memory.buffer);
  return { ...memory, buffer: '' };
}

/** The address that packets leave with. */
function source(call: Invocation): string {
  return (
    call.kernel.network.interfaces().find(({ name, address }) => name !== 'lo' && address !== '')?.address ??
    '127.0.0.1'
  );
}

function answer(call: Invocation, address: string, host: string, size: number, sequence: number, time: number): string {
  if (call.busybox) return `${size + 8} bytes from ${address}: seq=${sequence} ttl=64 time=${time.toFixed(3)} ms\n`;
  const from = address === host ? address : `${host} (${address})`;
  return `${size + 8} bytes from ${from}: icmp_seq=${sequence + 1} ttl=64 time=${time.toFixed(3)} ms\n`;
}

function finish(call: Invocation, { sent, times, started, buffer }: Memory, host: string): Outcome {
  const lost = sent === 0 ? 0 : Math.round(((sent - times.length) * 100) / sent);
  const sum = times.reduce((a, b) => a + b, 0);
  const [min, average, max] = [Math.min(...times), sum / times.length, Math.max(...times)].map((time) =>
    time.toFixed(3),
  );
  let text = `${buffer}\n--- ${host} ping statistics ---\n`;
  if (call.busybox) {
    text += `${sent} packets transmitted, ${times.length} packets received, ${lost}% packet loss\n`;
    if (times.length > 0) text += `round-trip min/avg/max = ${min}/${average}/${max} ms\n`;
  } else {
    text += `${sent} packets transmitted, ${times.length} received, ${lost}% packet loss, time ${Math.max(0, call.kernel.now - started)}ms\n`;
    if (times.length > 0) text += `rtt min/avg/max/mdev = ${min}/${average}/${max}/0.000 ms\n`;
    text += '\n';
  }
  call.out(text);
  return { exit: times.length > 0 ? 0 : 1 };
}

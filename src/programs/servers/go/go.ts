import { decode, encode } from '../../../engine/bytes.ts';
import { FileError } from '../../../engine/files/errors.ts';
import { regularFile } from '../../../engine/files/node.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { parseRequest, response } from '../http.ts';
import { type Build, printed, readProgram } from './source.ts';

const versionOf = (kernel: Kernel) => `go${kernel.environment['GOLANG_VERSION'] ?? '1.24.4'}`;
/** What the linker makes of a program without and with the network. */
const SIZES = { small: 2_200_000, network: 7_600_000 };
/** Milliseconds that a compiler needs which has nothing in its cache. */
const COMPILING = 8000;
const SEPARATOR = '\0';

interface Binary extends Build {
  readonly source: string;
}

/** The content of a binary: what it was built from. */
function pack({ source, architecture, variables }: Binary): string {
  return `\x7fELF${SEPARATOR}${encode(JSON.stringify({ architecture, variables }))}${SEPARATOR}${encode(source)}`;
}

function unpack(data: string): Binary {
  const [, build = '{}', source = ''] = data.split(SEPARATOR);
  const { architecture, variables } = JSON.parse(decode(build)) as Build;
  return { source: decode(source), architecture, variables };
}

/** go: `build`, `run`, `version` and `env` for programs of the forms that source.ts reads. */
export const goProgram: Program = {
  run(kernel): Outcome {
    const [, command = '', ...args] = kernel.argv.map(decode);
    switch (command) {
      case 'version':
        kernel.output(`go version ${versionOf(kernel)} linux/amd64\n`);
        return { exit: 0 };
      case 'env':
        for (const name of args)
          kernel.output(
            `${kernel.environment[name] ?? { GOOS: 'linux', GOARCH: 'amd64', GOVERSION: versionOf(kernel) }[name] ?? ''}\n`,
          );
        return { exit: 0 };
      case 'mod':
      case 'vet':
      case 'fmt':
      case 'generate':
      case 'clean':
      case 'test':
        if (command === 'test') kernel.output('?   \tcommand-line-arguments\t[no test files]\n');
        return { exit: 0 };
      case 'build':
      case 'install':
        return build(kernel, args);
      case 'run':
        return runSource(kernel, args);
      default:
        kernel.error(
          encode(
            command === ''
              ? 'Go is a tool for managing Go source code.\n'
              : `go ${command}: unknown command\nRun 'go help' for usage.\n`,
          ),
        );
        return { exit: 2 };
    }
  },
};

interface Wanted {
  readonly output: string | undefined;
  readonly sources: readonly string[];
  readonly variables: Record<string, string>;
}

function options(args: readonly string[]): Wanted {
  const variables: Record<string, string> = {};
  const sources: string[] = [];
  let output: string | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const [name = '', attached] = args[at]!.split(/=(.*)/s);
    const take = () => {
      if (attached !== undefined) return attached;
      at += 1;
      return args[at] ?? '';
    };
    if (name === '-o') output = take();
    else if (name === '-ldflags')
      for (const [, key, value] of take().matchAll(/-X\s+['"]?main\.(\w+)=([^\s'"]*)/g)) variables[key!] = value!;
    else if (['-tags', '-mod', '-p'].includes(name)) take();
    else if (!name.startsWith('-')) sources.push(args[at]!);
  }
  return { output, sources, variables };
}

/** The source of a program, or what the compiler says. */
function compile(kernel: Kernel, { sources, variables }: Wanted): Binary | string {
  const [first = '.'] = sources;
  const path = resolve(kernel.cwd, encode(first));
  const node = kernel.files.stat(path);
  if (first.endsWith('.go') && !node)
    return `no required module provides package ${first}; to add it:\n\tgo get ${first}`;
  const files = first.endsWith('.go')
    ? sources.map((name) => resolve(kernel.cwd, encode(name)))
    : node?.type === 'directory'
      ? kernel.files
          .list(path)
          .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
          .map((name) => `${path === '/' ? '' : path}/${name}`)
      : [];
  if (!first.endsWith('.go') && !kernel.files.exists(resolve(kernel.cwd, 'go.mod')))
    return "go: go.mod file not found in current directory or any parent directory; see 'go help modules'";
  if (files.length === 0) return `no Go files in ${decode(path)}`;
  const source = files.map((file) => decode(kernel.files.read(file))).join('\n');
  const program = readProgram(source);
  if (typeof program === 'string') return program;
  const architecture = decode(kernel.environment['GOARCH'] || 'amd64');
  return { source, architecture, variables: { ...program.variables, ...variables } };
}

function build(kernel: Kernel, args: readonly string[]): Outcome {
  const wanted = options(args);
  const binary = compile(kernel, wanted);
  if (typeof binary === 'string') {
    kernel.error(encode(`${binary}\n`));
    return { exit: 1 };
  }
  const fallback = wanted.sources[0]?.endsWith('.go')
    ? wanted.sources[0].replace(/^.*\/|\.go$/g, '')
    : moduleName(kernel);
  let path = resolve(kernel.cwd, encode(wanted.output ?? fallback));
  if (kernel.files.stat(path)?.type === 'directory') path = `${path}/${encode(fallback)}`;
  try {
    const { uid, gid } = kernel.credentials;
    const size = binary.source.includes('net/http') ? SIZES.network : SIZES.small;
    kernel.files.place(
      path,
      regularFile(pack(binary), { mode: 0o755, uid, gid, mtime: kernel.now, size, program: 'go-binary' }),
    );
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    kernel.error(encode(`go: open ${decode(path)}: ${error.reason.toLowerCase()}\n`));
    return { exit: 1 };
  }
  return { exit: 0 };
}

function moduleName(kernel: Kernel): string {
  const name = /^module\s+(\S+)/m.exec(decode(kernel.files.read(resolve(kernel.cwd, 'go.mod'))))?.[1] ?? 'main';
  return name.slice(name.lastIndexOf('/') + 1);
}

/** `go run`: compiles for some seconds, then runs what it made as a child. */
function runSource(kernel: Kernel, args: readonly string[]): Outcome {
  if (kernel.memory === undefined) {
    kernel.memory = { compiling: true };
    return { wait: { until: kernel.now + COMPILING } };
  }
  if ((kernel.memory as { child?: number }).child !== undefined) {
    const [ended] = kernel.reap();
    if (!ended) return { wait: { child: true } };
    if (ended.status !== 0) kernel.error(`exit status ${ended.status}\n`);
    return { exit: ended.status === 0 ? 0 : 1 };
  }
  const binary = compile(kernel, options(args));
  if (typeof binary === 'string') {
    kernel.error(encode(`${binary}\n`));
    return { exit: 1 };
  }
  const path = '/tmp/go-build/b001/exe/main';
  kernel.files.mkdirs('/tmp/go-build/b001/exe');
  kernel.files.place(
    path,
    regularFile(pack(binary), { mode: 0o755, mtime: kernel.now, size: SIZES.small, program: 'go-binary' }),
  );
  const found = kernel.find(path);
  if ('status' in found) return { exit: found.status };
  kernel.memory = { child: kernel.spawn(found, { argv: [path], inheritsInput: true }) };
  return { wait: { child: true } };
}

interface Memory {
  readonly serving: boolean;
}

function binaryOf(kernel: Kernel): Binary {
  return unpack(kernel.files.read(kernel.process.executable));
}

/** A program that go has built. */
export const goBinary: Program = {
  async run(kernel): Promise<Outcome> {
    const binary = binaryOf(kernel);
    // Machine code of another processor.
    if (binary.architecture !== 'amd64') {
      kernel.error(`exec ${kernel.argv[0]}: exec format error\n`);
      return { exit: 255 };
    }
    const program = readProgram(binary.source);
    if (typeof program === 'string') return { exit: 1 };
    const print = (call: string) => {
      const text = encode(printed(kernel, call, binary));
      if (call.startsWith('log.') || /Fprint\w*\(\s*os\.Stderr/.test(call)) kernel.error(text);
      else kernel.output(text);
    };
    const { memory } = kernel;
    if (memory !== undefined) {
      if ((memory as Memory).serving) return { wait: {} };
      for (const call of program.loop!.prints) print(call);
      return { wait: { until: kernel.now + program.loop!.milliseconds } };
    }
    if (program.check && kernel.argv.some((arg) => arg.replace(/^--?/, '') === program.check!.flag))
      return { exit: await ask(kernel, program.check.url) };
    for (const call of program.prints) print(call);
    if (program.port !== undefined) {
      if (kernel.network.listen(program.port) !== undefined) return { exit: 1 };
      kernel.memory = { serving: true } satisfies Memory;
      return { wait: {} };
    }
    if (!program.loop) return { exit: program.exit };
    for (const call of program.loop.prints) print(call);
    kernel.memory = { serving: false } satisfies Memory;
    return { wait: { until: kernel.now + program.loop.milliseconds } };
  },
  signal(kernel, signal): Outcome | undefined {
    if (signal !== 15 && signal !== 2) return undefined;
    const program = readProgram(binaryOf(kernel).source);
    // Without a handler Go's runtime itself ends the program, even as the first process.
    if (typeof program === 'string' || !program.handlesSignals) return { exit: 128 + signal };
    return { exit: 0 };
  },
  answer(kernel, request): string {
    const binary = binaryOf(kernel);
    const program = readProgram(binary.source);
    const read = parseRequest(request);
    if (!read || typeof program === 'string') return response(400, [], '');
    const path = read.target.split('?')[0]!;
    const routes = [...program.routes].sort((a, b) => b.path.length - a.path.length);
    const route = routes.find(
      (entry) => entry.path === path || (entry.path.endsWith('/') && path.startsWith(entry.path)),
    );
    const body = route
      ? encode(route.writes.map((call) => printed(kernel, call, binary, path)).join(''))
      : '404 page not found\n';
    return response(
      route?.status ?? 404,
      [
        ['Date', new Date(kernel.now).toUTCString()],
        ['Content-Length', String(body.length)],
        ['Content-Type', 'text/plain; charset=utf-8'],
      ],
      read.method === 'HEAD' ? '' : body,
    );
  },
};

async function ask(kernel: Kernel, url: string): Promise<number> {
  const [, host = '', port = '80', path = '/'] = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url) ?? [];
  const [address] = kernel.network.resolve(host);
  if (address === undefined) return 1;
  const result = await kernel.network.request(
    address,
    Number(port),
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
  );
  return 'answer' in result && result.answer !== '' ? 0 : 1;
}

import { decode, encode } from '../../../src/engine/bytes.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { directory, type FileNode, regularFile } from '../../../src/engine/files/node.ts';
import { HOST_ROOT } from '../../../src/engine/process/credentials.ts';
import { type Kernel, toolProgram } from '../../../src/engine/process/program.ts';
import { textTools } from '../../../src/programs/text/index.ts';
import type { Flavour } from '../../../src/programs/tool.ts';

export interface Result {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

/** The folder in which cases run: what it holds, on the real machine and in the model. */
export const FILES: Readonly<Record<string, string>> = {
  'a.txt': 'apple\nbanana\ncherry\nApple pie\n\ndate 42\n',
  'b.txt': 'apple\nblueberry\ncherry\ndate 42\nelder\n',
  'numbers.txt': '10\n9\n2\n33\n-4\n1.5\n9\n',
  passwd:
    'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nada:x:1000:1000:Ada,,,:/home/ada:/bin/sh\n',
  csv: 'name,age,city\nAda,36,London\nGrace,45,New York\nLinus,28,Helsinki\n',
  tabs: 'a\tb\tc\n1\t2\t3\n',
  open: 'no newline at end',
  empty: '',
  log: '2025-01-01 INFO start\n2025-01-01 ERROR disk full\n2025-01-02 WARN slow\n2025-01-02 ERROR timeout\n2025-01-03 INFO stop\n',
  words: 'the quick brown fox\njumps over the lazy dog\nthe end\n',
  'data.json':
    '{"name":"web","ports":[80,443],"labels":{"env":"prod","tier":"front"},"up":true,"cpu":1.50,"none":null}\n',
  'list.json': '[{"n":"a","v":3,"t":"x"},{"n":"b","v":1,"t":"y"},{"n":"c","v":2,"t":"x"}]\n',
  'script.sed': 's/a/A/\n/cherry/d\n',
  'script.awk': 'BEGIN { FS = ":" }\n{ print $1 }\nEND { print NR }\n',
  umlaut: 'größe\nföhn\nabc\n',
  'sub/one.txt': 'apple one\n',
  'sub/deep/two.md': 'apple two\nother\n',
};

/** Enough of `sh -c` for one command without redirections. */
async function smallShell(kernel: Kernel): Promise<number> {
  const { argv } = parseCase(kernel.argv[2] ?? '');
  const found = kernel.find(argv[0] ?? '');
  if ('status' in found) return found.status;
  const outcome = await found.program.run(kernel.within({ argv }));
  return 'exit' in outcome ? outcome.exit : 0;
}

const TOOLS = (flavour: Flavour) => (program: string, name: string) => {
  const tool = textTools[name];
  if (program === 'tool' && name === 'sh') return toolProgram(smallShell);
  if (program !== 'tool' || !tool) return undefined;
  return 'run' in tool ? toolProgram((kernel) => tool.run(kernel, flavour)) : tool.program(flavour);
};

/** Runs one tool in the model, in a folder with {@link FILES}. */
export async function runTool(
  flavour: Flavour,
  argv: readonly string[],
  stdin = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<Result & { readonly files: (path: string) => string }> {
  const engine = new Engine({ programs: TOOLS(flavour) });
  const bin = new Map<string, FileNode>();
  for (const name of [...Object.keys(textTools), 'sh'])
    bin.set(name, regularFile('', { mode: 0o755, size: 1, program: 'tool' }));
  const dev = new Map<string, FileNode>([
    ['null', { type: 'character', device: 'null', mode: 0o666, uid: 0, gid: 0, mtime: 0 }],
  ]);
  engine.state.trees.set(
    'host',
    directory(
      {},
      new Map([
        ['bin', directory({}, bin)],
        ['dev', directory({}, dev)],
      ]),
    ),
  );
  const files = engine.hostFiles();
  files.mkdirs('/tmp/t');
  for (const [path, text] of Object.entries(FILES)) {
    files.mkdirs(`/tmp/t/${path}`.replace(/\/[^/]*$/, ''));
    files.write(`/tmp/t/${path}`, encode(text));
  }
  const result = { out: '', err: '' };
  const process = engine.scheduler.start({
    container: '',
    argv: argv.map(encode),
    executable: `/bin/${argv[0]}`,
    program: 'tool',
    environment: { PATH: '/usr/bin:/bin', HOME: '/root', ...environment },
    cwd: '/tmp/t',
    credentials: HOST_ROOT,
    mounts: files.mounts,
    tty: false,
    session: 'host 1',
    pidns: 'host',
    uts: 'host',
    netns: 'host',
    input: encode(stdin),
    inputEnded: true,
  });
  engine.state.processes.update(String(process.pid), { session: `host ${process.pid}` });
  engine.listen(`host ${process.pid}`, (stream, bytes) => {
    result[stream === 'stdout' ? 'out' : 'err'] += bytes;
  });
  await engine.scheduler.settle();
  const ended = engine.state.processes.get(String(process.pid));
  return {
    out: decode(result.out),
    err: decode(result.err),
    status: ended?.state === 'zombie' ? ended.status : -1,
    files: (path) => decode(files.read(path)),
  };
}

/** Splits a line of the case list: words with quotes, and after `<<<` the input with C's escapes. */
export function parseCase(line: string): { argv: string[]; stdin: string } {
  const [command = '', input] = line.split(' <<< ');
  const argv: string[] = [];
  for (const match of command.matchAll(/(?:\$'(?:\\.|[^'])*'|'[^']*'|"(?:\\["\\$`]|[^"])*"|[^\s'"])+/g))
    argv.push(
      match[0].replace(/\$'((?:\\.|[^'])*)'|'([^']*)'|"((?:\\["\\$`]|[^"])*)"/g, (_, c, plain, quoted) =>
        c !== undefined ? controls(c) : plain !== undefined ? plain : quoted.replace(/\\(["\\$`])/g, '$1'),
      ),
    );
  return { argv, stdin: controls(input ?? '') };
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

function controls(text: string): string {
  return text.replace(/\\([ntr0'\\])/g, (_, char: string) => CONTROLS[char] ?? char);
}

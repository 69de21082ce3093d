import { FileError } from '../../engine/files/errors.ts';
import { GzipProblem, gunzip, gzip } from '../../engine/files/gzip.ts';
import { resolve } from '../../engine/files/path.ts';
import type { ToolTable } from '../tool.ts';
import { readFile } from './support/input.ts';
import { type Options, parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

const LONG = {
  stdout: 'c',
  'to-stdout': 'c',
  decompress: 'd',
  uncompress: 'd',
  force: 'f',
  keep: 'k',
  list: 'l',
  'no-name': 'n',
  name: 'N',
  quiet: 'q',
  recursive: 'r',
  suffix: 'S:',
  test: 't',
  verbose: 'v',
  fast: '1',
  best: '9',
};

function tool(context: Context): number {
  const options = parseOptions(
    context,
    context.busybox ? { short: 'cfkvdtnq123456789' } : { short: 'cdfhkLlNnqrS:tVv123456789', long: LONG },
  );
  const decompress = options.has('d', 't', 'l') || context.applet !== 'gzip';
  const toOutput = options.has('c', 't', 'l') || context.applet === 'zcat';
  let status = 0;
  const complain = (message: string, code = 1, before = '') => {
    // zcat and gunzip are gzip under another name, and GNU's say so.
    context.kernel.error(`${context.busybox ? context.name : `${before}gzip`}: ${message}\n`);
    status = Math.max(status, code === 2 && status === 1 ? 1 : code);
  };
  for (const name of options.operands.length > 0 ? options.operands : ['-']) {
    try {
      if (name === '-') standard(context, options, decompress);
      else oneFile(context, options, name, decompress, toOutput, complain);
    } catch (error) {
      if (error instanceof GzipProblem) {
        const what = name === '-' ? 'stdin' : name;
        if (context.busybox)
          complain(
            error.message !== 'not in gzip format'
              ? error.message
              : context.applet === 'zcat'
                ? 'no gzip/bzip2/xz magic'
                : 'invalid magic',
          );
        else complain(`${what}: ${error.message}`, 1, '\n');
      } else if (error instanceof FileError) complain(`${name}: ${error.message}`);
      else throw error;
    }
  }
  return status;
}

function standard(context: Context, options: Options, decompress: boolean): void {
  const input = context.kernel.wholeInput();
  if (!decompress) context.out(gzip(input, '', Math.floor(context.kernel.now / 1000)));
  else {
    const bytes = gunzip(input);
    if (!options.has('t')) context.out(bytes);
  }
}

function oneFile(
  context: Context,
  options: Options,
  name: string,
  decompress: boolean,
  toOutput: boolean,
  complain: (message: string, code?: number) => void,
): void {
  const { kernel, busybox } = context;
  const path = resolve(kernel.cwd, name);
  let source = name;
  let node = kernel.files.stat(path);
  if (!node && decompress && !busybox && !name.endsWith('.gz')) {
    source = `${name}.gz`;
    node = kernel.files.stat(`${path}.gz`);
  }
  if (!node) {
    complain(`${source}: No such file or directory`);
    return;
  }
  if (node.type === 'directory') {
    if (busybox) complain(`can't remove file '${name}': Is a directory`);
    else complain(`${name} is a directory -- ignored`, 2);
    return;
  }
  const target = decompress
    ? source.replace(/\.gz$|\.tgz$/, (suffix) => (suffix === '.tgz' ? '.tar' : ''))
    : `${source}.gz`;
  if (!toOutput && decompress && target === source) {
    complain(busybox ? `${name}: unknown suffix - ignored` : `${name}: unknown suffix -- ignored`, busybox ? 1 : 2);
    return;
  }
  if (!toOutput && !decompress && /\.gz$/.test(source) && !options.has('f')) {
    complain(`${name} already has .gz suffix -- unchanged`, 2);
    return;
  }
  const content = readFile(kernel, source);
  if (options.has('l')) {
    const bytes = gunzip(content);
    const saved = bytes.length === 0 ? 0 : (1 - content.length / bytes.length) * 100;
    context.out(
      `${'compressed'.padStart(19)}${'uncompressed'.padStart(20)}  ratio uncompressed_name\n${String(content.length).padStart(19)}${String(bytes.length).padStart(20)}${saved.toFixed(1).padStart(6)}% ${target}\n`,
    );
    return;
  }
  const result = decompress
    ? gunzip(content)
    : gzip(content, options.has('n') ? '' : source.split('/').at(-1), Math.floor(node.mtime / 1000));
  if (options.has('t')) return;
  if (toOutput) {
    context.out(result);
    return;
  }
  if (kernel.files.exists(resolve(kernel.cwd, target)) && !options.has('f')) {
    complain(
      busybox ? `can't open '${target}': File exists` : `${target} already exists;\tnot overwritten`,
      busybox ? 1 : 2,
    );
    return;
  }
  kernel.files.write(resolve(kernel.cwd, target), result);
  kernel.files.chmod(resolve(kernel.cwd, target), node.mode);
  kernel.files.touch(resolve(kernel.cwd, target), node.mtime);
  if (!options.has('k')) kernel.files.remove(resolve(kernel.cwd, source));
  if (options.has('v') && !busybox) {
    const [small, large] = decompress ? [content, result] : [result, content];
    const saved = large.length === 0 ? 0 : (1 - small.length / large.length) * 100;
    context.kernel.error(
      `${source}:\t${saved.toFixed(1).padStart(5)}% -- ${options.has('k') ? 'created' : 'replaced with'} ${target}\n`,
    );
  }
}

export const gzipTools: ToolTable = { gzip: textTool(tool), gunzip: textTool(tool), zcat: textTool(tool) };
